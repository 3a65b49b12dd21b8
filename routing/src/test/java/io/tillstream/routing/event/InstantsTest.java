package io.tillstream.routing.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstantsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T03:59:41Z,2026-11-24T03:59:41Z",
    "2026-11-24T03:59Z,2026-11-24T03:59:00Z",
    "2026-11-24t03:59:41z,2026-11-24T03:59:41Z",
    "2026-11-24T03:59:41.5Z,2026-11-24T03:59:41.500Z",
    "2026-11-24T03:59:41.9999Z,2026-11-24T03:59:41.999Z",
    "2026-11-24T03:59:41.123456789Z,2026-11-24T03:59:41.123Z",
    "2026-11-24T03:59:41.1234567890123456789Z,2026-11-24T03:59:41.123Z",
    "2026-11-24T03:59:41+01:00,2026-11-24T02:59:41Z",
    "2026-11-24T03:59:41+0100,2026-11-24T02:59:41Z",
    "2026-11-24T03:59:41+01,2026-11-24T02:59:41Z",
    "2026-11-24T03:59:41-00:00,2026-11-24T03:59:41Z",
    "2026-11-24T22:59:41.0009-05:30,2026-11-25T04:29:41Z",
    "2026-11-24T03:59+14:00,2026-11-23T13:59:00Z",
    "2024-02-29T23:59:59.999+18:00,2024-02-29T05:59:59.999Z",
    "2000-02-29T00:00:00Z,2000-02-29T00:00:00Z",
    "1969-12-31T23:59:59.9995Z,1969-12-31T23:59:59.999Z",
    "0000-01-01T00:00:00Z,0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z,9999-12-31T23:59:59Z"
  })
  void readsToTheMillisecond(String text, Instant expected) {
    assertThat(millis(text)).isEqualTo(expected.toEpochMilli());
  }

  @Test
  void agreesWithTheLibrary() {
    SplittableRandom random = new SplittableRandom(7);
    long from = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    long to = Instant.parse("9998-12-31T00:00:00Z").getEpochSecond();
    for (int i = 0; i < 20_000; i++) {
      Instant instant =
          Instant.ofEpochSecond(random.nextLong(from, to), random.nextInt(1_000_000_000));
      ZoneOffset offset = ZoneOffset.ofTotalSeconds(random.nextInt(-18 * 60, 18 * 60 + 1) * 60);
      String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atOffset(offset));
      assertThat(millis(text))
          .as(text)
          .isEqualTo(OffsetDateTime.parse(text).toInstant().toEpochMilli());
    }
  }

  private static long millis(String text) {
    char[] padded = ("##" + text + "##").toCharArray();
    return Instants.millis(padded, 2, text.length());
  }
}
