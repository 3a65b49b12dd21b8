package io.tillstream.routing.plan;

import java.time.DateTimeException;
import java.time.Duration;

/** ISO-8601 durations such as {@code PT1.5S}. */
final class Durations {

  private Durations() {}

  /** The duration, or null if it is none. */
  static Duration parse(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }
}
