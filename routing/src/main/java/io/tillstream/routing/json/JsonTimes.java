package io.tillstream.routing.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Instants in JSON: ISO-8601 in UTC, always with three digits of milliseconds. */
public final class JsonTimes {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private JsonTimes() {}

  /** Epoch milliseconds as text. */
  public static String text(long epochMillis) {
    return FORMAT.format(Instant.ofEpochMilli(epochMillis));
  }

  /**
   * Text, with any offset, as epoch milliseconds, floored.
   *
   * @throws IllegalArgumentException if it is no instant
   */
  public static long millis(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("no ISO-8601 instant: " + text, e);
    }
  }
}
