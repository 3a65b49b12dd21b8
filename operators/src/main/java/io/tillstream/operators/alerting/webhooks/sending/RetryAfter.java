package io.tillstream.operators.alerting.webhooks.sending;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** The header {@code Retry-After}: seconds, or an HTTP date. */
final class RetryAfter {
  private static final String SECONDS = "[0-9]{1,9}";

  private RetryAfter() {}

  /**
   * How long the receiver asks to wait, not below zero.
   *
   * @param value the header's, or null
   * @return null if it asks for nothing that can be understood
   */
  static Duration of(String value, Instant now) {
    if (value == null) {
      return null;
    }
    String text = value.strip();
    if (text.matches(SECONDS)) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Instant then = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
      Duration wait = Duration.between(now, then);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
