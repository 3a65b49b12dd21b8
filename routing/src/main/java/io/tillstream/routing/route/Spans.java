package io.tillstream.routing.route;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Times and figures as people read them. */
final class Spans {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;

  private Spans() {}

  /** Such as {@code 1.5 s}, {@code 12 s}, {@code 3 min}, {@code 5 h}. */
  static String text(long millis) {
    long some = Math.max(0, millis);
    if (some < 10 * SECOND) {
      return number(Math.round(some / 100.0) / 10.0) + " s";
    }
    if (some < 2 * MINUTE) {
      return some / SECOND + " s";
    }
    return some < 2 * HOUR ? some / MINUTE + " min" : some / HOUR + " h";
  }

  /** At most four digits that matter, and no zeros behind. */
  static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return String.valueOf(value);
    }
    BigDecimal exact = BigDecimal.valueOf(value);
    BigDecimal rounded =
        exact.abs().compareTo(BigDecimal.valueOf(1_000)) < 0
            ? exact.round(new MathContext(4, RoundingMode.HALF_UP))
            : exact.setScale(0, RoundingMode.HALF_UP);
    BigDecimal stripped = rounded.stripTrailingZeros();
    return stripped.signum() == 0 ? "0" : stripped.toPlainString();
  }
}
