package io.tillstream.routing.alert;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Exact decimals: one spelling for one number. */
final class Decimals {
  private static final int RATE_DIGITS = 4;

  private Decimals() {}

  /** Without trailing zeros and without an exponent. */
  static BigDecimal plain(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }

  /** The same as text. */
  static String text(BigDecimal number) {
    return plain(number).toPlainString();
  }

  /** {@code part / whole} to 4 digits, half up; null if {@code whole} is not above 0. */
  static BigDecimal rate(BigDecimal part, BigDecimal whole) {
    return whole.signum() <= 0 ? null : part.divide(whole, RATE_DIGITS, RoundingMode.HALF_UP);
  }
}
