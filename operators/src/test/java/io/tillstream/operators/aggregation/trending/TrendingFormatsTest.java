package io.tillstream.operators.aggregation.trending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tillstream.operators.figures.Trend;
import io.tillstream.routing.codec.Codec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendingFormatsTest {
  private static final List<TrendCount> COUNTS =
      List.of(new TrendCount("SKU 1", 3, 0), new TrendCount("ключ", 0, 1L << 40));
  private static final TrendingList LIST =
      new TrendingList(
          1_795_492_800L,
          List.of(
              new TrendingItem("SKU1", "A \"shoe\"", "shoes", 12, 2, 1, 3),
              new TrendingItem("ключ", null, null, 1, 0, 2, null)));

  @Test
  void everyFormatReadsWhatItWrote() throws IOException {
    roundTrip(
        new TrendDelta(
            "SKU1",
            new Trend(new long[] {100, 99, 1 << 30}, new int[] {1, 0, 7}, new long[] {0, 5, 9})),
        new TrendDeltaCodec());
    roundTrip(
        new TrendDelta("", new Trend(new long[0], new int[0], new long[0])), new TrendDeltaCodec());
    roundTrip(new TrendPane(COUNTS), new TrendPaneCodec());
    roundTrip(new LocalTop(1_795_492_800L, 3, 8, COUNTS), new LocalTopCodec());
    roundTrip(LIST, new TrendingListCodec());
    roundTrip(new TrendingList(-1, List.of()), new TrendingListCodec());
  }

  @Test
  void theJsonIsTheContracts() {
    assertThat(TrendingJson.key(LIST)).isEqualTo("2026-11-24T04:00:00Z");
    assertThat(new String(TrendingJson.value(LIST), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"window_end\":\"2026-11-24T04:00:00Z\",\"items\":["
                + "{\"item_id\":\"SKU1\",\"title\":\"A \\\"shoe\\\"\",\"category\":\"shoes\","
                + "\"views\":12,\"units\":2,\"rank\":1,\"previous_rank\":3},"
                + "{\"item_id\":\"ключ\",\"title\":null,\"category\":null,"
                + "\"views\":1,\"units\":0,\"rank\":2,\"previous_rank\":null}]}");
  }

  @Test
  void theBoundsOfTheOptionsAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrendingOptions(0, 20))
        .withMessage("trending seconds must be 1..3600, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrendingOptions(60, 1001))
        .withMessage("trending products must be 1..1000, not 1001");
  }

  private static <T> void roundTrip(T value, Codec<T> codec) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(value, new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(codec.read(in, codec.version())).isEqualTo(value);
    assertThat(in.read()).isEqualTo(-1);
  }
}
