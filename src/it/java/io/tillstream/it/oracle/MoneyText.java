package io.tillstream.it.oracle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/** How the contract writes sums and rates. */
final class MoneyText {
  private MoneyText() {}

  /** At least the digits the currency has, more if the sum has more, no other trailing zeros. */
  static String of(String currency, BigDecimal sum) {
    int scale = Math.max(digits(currency), sum.stripTrailingZeros().scale());
    return sum.setScale(scale).toPlainString();
  }

  /** part / whole to 4 digits, half up; null without a whole. */
  static BigDecimal rate(long part, long whole) {
    return whole == 0
        ? null
        : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), 4, RoundingMode.HALF_UP);
  }

  private static int digits(String currency) {
    try {
      int digits = Currency.getInstance(currency).getDefaultFractionDigits();
      return digits < 0 ? 2 : digits;
    } catch (IllegalArgumentException e) {
      return 2;
    }
  }
}
