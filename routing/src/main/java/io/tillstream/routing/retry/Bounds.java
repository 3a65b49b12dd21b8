package io.tillstream.routing.retry;

import java.time.Duration;

/** Checks of settings, with messages that name the field, the bounds and the value. */
final class Bounds {

  private Bounds() {}

  static void check(String field, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          field + " must be " + text(least) + ".." + text(most) + ", not " + text(value));
    }
  }

  static void check(String field, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          field + " must be " + least + ".." + most + ", not " + value);
    }
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
