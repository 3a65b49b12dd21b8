package io.tillstream.it.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.local.data.traffic.DirtyRecord;
import io.tillstream.local.data.traffic.DirtyRecords;
import io.tillstream.local.data.traffic.TrafficGenerator;
import io.tillstream.local.data.traffic.TrafficOptions;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {
  private static final long NOW = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();
  private static final long HOUR = 3_600_000;

  static Stream<DirtyRecord> dirt() {
    return Stream.concat(DirtyRecords.all().stream(), DirtyRecords.large().stream());
  }

  @ParameterizedTest
  @MethodSource("dirt")
  void everyKindOfDirtIsRefusedForItsReason(DirtyRecord kind) {
    Verdict verdict = Judge.judge(kind.bytes(), NOW, HOUR);
    assertThat(verdict.accepted()).isFalse();
    assertThat(verdict.errorClasses()).as(verdict.faults()).contains(kind.errorClass());
    // One fault each: only a fraction where an integer is asked for has two names.
    assertThat(verdict.errorClasses()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void madeTrafficIsGood() {
    TrafficGenerator traffic = new TrafficGenerator(TrafficOptions.of(3, 1000));
    for (int i = 0; i < 20_000; i++) {
      byte[] record = traffic.next(NOW + i);
      assertThat(Judge.judge(record, NOW + i, HOUR).faults())
          .as(new String(record, StandardCharsets.UTF_8))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event_id\":\"a\",\"event_type\":\"view_item\",\"event_time\":\"2026-01-01T00:00:00Z\",\"items\":[{\"item_id\":\"x\"}]}",
        " {\"items\":[{\"item_id\":\"\\ud83d\\ude00\"}] , \"event_time\":1767225600000,\"event_type\":\"view_item\",\"event_id\":\"a\"}\r",
        "{\"event_id\":\"a\",\"event_type\":\"view_item\",\"event_time\":\"2026-01-01T02:00:00.123456789+02:00\",\"items\":[{\"item_id\":\"x\"}]}",
        "{\"event_id\":\"a\",\"event_type\":\"view_item\",\"event_time\":1,\"user_id\":null,\"currency\":null,\"items\":[{\"item_id\":\"x\",\"price\":null,\"quantity\":null,\"available\":null}]}",
        "{\"event_id\":\"a\",\"event_type\":\"view_item\",\"event_time\":1,\"x\":{\"a\":1,\"a\":2,\"b\":\"\\ud800\"},\"items\":[{\"item_id\":\"x\"}]}",
        "{\"event_id\":\"a\",\"event_type\":\"view_item\",\"event_time\":\"2026-01-01T00:00+0200\",\"currency\":\"EUR\",\"items\":[{\"item_id\":\"x\",\"price\":1.50000000}]}",
        "{\"event_id\":\"a\",\"event_type\":\"view_item\",\"event_time\":1,\"x\":{\"items\":[1e999999999,{\"y\":null}]},\"items\":[{\"item_id\":\"x\",\"z\":[]}]}",
        "{\"event_id\":\"a\",\"event_type\":\"purchase\",\"event_time\":1,\"transaction_id\":\"t\",\"currency\":\"XXX\",\"items\":[{\"item_id\":\"x\",\"price\":0}]}",
        "{\"event_id\":\"a\",\"event_type\":\"purchase\",\"event_time\":1,\"transaction_id\":\"t\",\"currency\":\"USD\",\"items\":[{\"item_id\":\"x\",\"price\":\"999999999999.999999\"}]}",
        "{\"event_id\":\"a\",\"event_type\":\"refund\",\"event_time\":1,\"transaction_id\":\"t\",\"currency\":\"USD\",\"items\":[{\"item_id\":\"x\",\"price\":1.5e2,\"quantity\":1000000}]}",
        "{\"event_id\":\"a\",\"event_type\":\"inventory_update\",\"event_time\":1,\"items\":[{\"item_id\":\"x\",\"available\":0},{\"item_id\":\"x\",\"available\":1000000000}]}"
      })
  void theseAreGood(String text) {
    assertThat(Judge.judge(text.getBytes(StandardCharsets.UTF_8), NOW, HOUR).faults()).isEmpty();
  }

  @Test
  void aTombstoneIsRefused() {
    assertThat(Judge.judge(null, NOW, HOUR).errorClasses()).containsExactly("NOT_JSON");
  }

  @Test
  void anHourAheadIsAllowedAndNoMore() {
    assertThat(Judge.judge(view(NOW + HOUR), NOW, HOUR).accepted()).isTrue();
    assertThat(Judge.judge(view(NOW + HOUR + 1), NOW, HOUR).errorClasses())
        .containsExactly("OUT_OF_RANGE");
  }

  @Test
  void readsWhatIsThere() {
    String text =
        "{\"event_id\":\"e\",\"event_type\":\"purchase\",\"event_time\":\"2026-01-01T00:00:00.9999Z\","
            + "\"user_id\":\"u\",\"session_id\":\"s\",\"transaction_id\":\"t\",\"currency\":\"KWD\","
            + "\"items\":[{\"item_id\":\"x\",\"price\":\"1.250\",\"quantity\":3},{\"item_id\":\"y\",\"price\":2}]}";
    InputEvent event = Judge.judge(text.getBytes(StandardCharsets.UTF_8), NOW, HOUR).event();
    assertThat(event)
        .isEqualTo(
            new InputEvent(
                "e",
                "purchase",
                Instant.parse("2026-01-01T00:00:00.999Z").toEpochMilli(),
                "u",
                "s",
                "t",
                "KWD",
                List.of(
                    new InputEvent.Item("x", new BigDecimal("1.250"), 3, null),
                    new InputEvent.Item("y", new BigDecimal("2"), 1, null))));
  }

  private static byte[] view(long time) {
    return ("{\"event_id\":\"a\",\"event_type\":\"view_item\",\"event_time\":"
            + time
            + ",\"items\":[{\"item_id\":\"x\"}]}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
