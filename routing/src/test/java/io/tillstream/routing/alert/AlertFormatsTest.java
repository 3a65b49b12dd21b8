package io.tillstream.routing.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.json.JsonRecordException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertFormatsTest {
  private static Alert alert(Status status, BigDecimal value, Long resolvedAt) {
    return new Alert(
        "00ff-3",
        "low-stock",
        status,
        "product",
        "Grüße \"1\" \uD83D\uDE00",
        "available",
        value,
        new BigDecimal("10"),
        Severity.CRITICAL,
        1_795_492_800_120L,
        1_795_492_801_000L,
        resolvedAt,
        "available 7, below 10",
        true,
        2,
        null,
        7);
  }

  private static final List<Alert> ALERTS =
      List.of(
          alert(Status.RAISED, new BigDecimal("7"), null),
          alert(Status.UPDATED, new BigDecimal("-12345678901234567890.123456789"), null),
          alert(Status.RESOLVED, null, 1_795_492_801_000L),
          alert(Status.RAISED, new BigDecimal("0.0833"), null).withWebhook("https://x.example"));

  private static <T> T copy(Codec<T> codec, T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(value, new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    T copy = codec.read(in, codec.version());
    assertThat(in.available()).isZero();
    return copy;
  }

  @Test
  void theContractsFieldsAreWritten() {
    assertThat(new String(AlertJson.write(ALERTS.get(0)), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"alert_id\":\"00ff-3\",\"rule_id\":\"low-stock\",\"status\":\"raised\","
                + "\"dimension\":\"product\",\"key\":\"Grüße \\\"1\\\" \uD83D\uDE00\","
                + "\"metric\":\"available\",\"value\":7,\"threshold\":10,"
                + "\"severity\":\"critical\",\"raised_at\":\"2026-11-24T04:00:00.120Z\","
                + "\"updated_at\":\"2026-11-24T04:00:01.000Z\",\"resolved_at\":null,"
                + "\"reason\":\"available 7, below 10\",\"shadow\":true,\"sequence\":2,"
                + "\"rules_version\":7}");
    assertThat(new String(AlertJson.write(ALERTS.get(2)), StandardCharsets.UTF_8))
        .contains("\"value\":null", "\"resolved_at\":\"2026-11-24T04:00:01.000Z\"");
  }

  @Test
  void whatIsWrittenIsReadTheSame() throws IOException {
    for (Alert alert : ALERTS) {
      assertThat(AlertJson.read(AlertJson.write(alert))).isEqualTo(alert.withWebhook(null));
      assertThat(copy(new AlertCodec(), alert)).isEqualTo(alert);
    }
    assertThat(copy(new RuleBookCodec(), RuleBook.BUILT_IN)).isEqualTo(RuleBook.BUILT_IN);
    assertThat(copy(new KeyMemoryCodec(), KeyMemory.EMPTY)).isSameAs(KeyMemory.EMPTY);
  }

  @Test
  void whatIsNoAlertIsRefused() {
    String good = new String(AlertJson.write(ALERTS.get(0)), StandardCharsets.UTF_8);
    for (String bad :
        List.of(
            "",
            "[]",
            good.replace("raised\"", "lost\""),
            good.replace("critical", "loud"),
            good.replace(":7,", ":\"7\","))) {
      assertThatThrownBy(() -> AlertJson.read(bad.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(JsonRecordException.class);
    }
  }

  @Test
  void rowsAreReadAsTheyArePublished() throws IOException {
    WindowFigures row =
        WindowFigures.ofJson(
            ("{\"dimension\":\"product\",\"key\":\"SKU1\",\"window_start\":"
                    + "\"2026-11-24T03:59:00Z\",\"window_end\":\"2026-11-24T04:00:00Z\","
                    + "\"views\":12,\"revenue\":{\"USD\":\"25.98\"},\"refunds\":{},"
                    + "\"conversion_rate\":0.0833,\"available\":7,"
                    + "\"available_at\":\"2026-11-24T03:59:41Z\",\"aggregator\":\"primary\","
                    + "\"version\":17,\"final\":false,\"emitted_at\":\"2026-11-24T03:59:42Z\"}")
                .getBytes(StandardCharsets.UTF_8));
    assertThat(row.numbers().number("views")).isEqualTo(new BigDecimal("12"));
    assertThat(row.numbers().number("revenue.USD")).isEqualTo(new BigDecimal("25.98"));
    assertThat(row.numbers().number("revenue.EUR")).isNull();
    assertThat(row.numbers().number("orders")).isNull();
    assertThat(row.numbers().availableAt() - row.windowStart()).isEqualTo(41_000);
    assertThat(row.emittedAt() - row.windowStart()).isEqualTo(42_000);
    assertThat(row.windowEnd() - row.windowStart()).isEqualTo(60_000);
    assertThat(row.version()).isEqualTo(17);
  }
}
