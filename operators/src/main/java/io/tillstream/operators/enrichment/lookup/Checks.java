package io.tillstream.operators.enrichment.lookup;

import java.time.Duration;

/** Checks of settings, with messages that name the field, the bounds and the value. */
public final class Checks {

  private Checks() {}

  /** Refuses null. */
  public static void notNull(String field, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " must be given");
    }
  }

  /** Refuses what is not {@code least..most}. */
  public static void within(String field, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          field + " must be " + least + ".." + most + ", not " + value);
    }
  }

  /** Refuses null and what is not {@code least..most}. */
  public static void within(String field, Duration value, Duration least, Duration most) {
    notNull(field, value);
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          field + " must be " + least + ".." + most + ", not " + value);
    }
  }
}
