package io.tillstream.operators.alerting.webhooks.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.alerting.webhooks.sending.Reply.Kind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "200,DONE",
    "201,DONE",
    "202,DONE",
    "204,DONE",
    "299,DONE",
    "301,REFUSED",
    "302,REFUSED",
    "304,REFUSED",
    "307,REFUSED",
    "308,REFUSED",
    "400,REFUSED",
    "401,REFUSED",
    "403,REFUSED",
    "404,REFUSED",
    "405,REFUSED",
    "413,REFUSED",
    "422,REFUSED",
    "408,RETRY",
    "425,RETRY",
    "429,RETRY",
    "410,GONE",
    "500,RETRY",
    "501,RETRY",
    "502,RETRY",
    "503,RETRY",
    "504,RETRY",
    "599,RETRY",
    "600,REFUSED",
    "199,REFUSED"
  })
  void judgesByStatus(int status, Kind kind) {
    Reply reply = Reply.of(status, null, NOW);
    assertThat(reply.kind()).isEqualTo(kind);
    assertThat(reply.what()).startsWith("HTTP " + status);
    assertThat(reply.pause()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "429|7|PT7S",
        "503|120|PT2M",
        "503|0|PT0S",
        "429| 3 |PT3S",
        "429|Tue, 24 Nov 2026 12:00:30 GMT|PT30S",
        "429|Tue, 24 Nov 2026 11:00:00 GMT|PT0S",
        "429|soon|-",
        "429|-5|-",
        "429|1.5|-",
        "429|99999999999999999999|-",
        "429||-",
        "500|7|-",
        "200|7|-"
      })
  void hearsHowLongToWait(int status, String header, String wait) {
    assertThat(Reply.of(status, header, NOW).pause())
        .isEqualTo(wait == null ? null : Duration.parse(wait));
  }
}
