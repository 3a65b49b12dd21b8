package io.tillstream.operators.aggregation.rows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;

/** Sums of money as plain decimals. Not for several threads. */
final class MoneyText {
  private static final int MICRO_DIGITS = 6;
  private static final int DEFAULT_DIGITS = 2;

  private final Map<String, Integer> digits = new HashMap<>();

  /**
   * The sum in plain notation: at least the digits the currency has (2 for a code ISO 4217 does not
   * know or gives none), more if the sum needs them.
   */
  String of(String currency, BigInteger micros) {
    BigDecimal exact = new BigDecimal(micros, MICRO_DIGITS).stripTrailingZeros();
    int atLeast = digits.computeIfAbsent(currency, MoneyText::digitsOf);
    return exact.setScale(Math.max(exact.scale(), atLeast)).toPlainString();
  }

  private static int digitsOf(String currency) {
    try {
      int digits = Currency.getInstance(currency).getDefaultFractionDigits();
      return digits < 0 ? DEFAULT_DIGITS : digits;
    } catch (IllegalArgumentException e) {
      return DEFAULT_DIGITS;
    }
  }
}
