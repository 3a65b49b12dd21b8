package io.tillstream.dashboard.rows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.Currency;
import java.util.Map;
import java.util.TreeMap;

/** Sums by currency, never added across currencies. Immutable. */
public record Money(Map<String, BigDecimal> sums) {
  public static final Money NONE = new Money(Map.of());

  /** More digits than any sum has; keeps a stranger's exponent from filling memory. */
  static final int MOST_DIGITS = 40;

  /** More currencies than there are. */
  static final int MOST_CURRENCIES = 300;

  /** Takes the map as it is. */
  public Money {
    sums = Collections.unmodifiableMap(sums);
  }

  /** Both together, currency by currency. */
  public Money plus(Money other) {
    if (sums.isEmpty()) {
      return other;
    }
    if (other.sums.isEmpty()) {
      return this;
    }
    Map<String, BigDecimal> total = new TreeMap<>(sums);
    other.sums.forEach(
        (currency, amount) ->
            total.merge(currency, amount, (one, two) -> plain(currency, one.add(two))));
    return new Money(total);
  }

  /** As many digits as the currency has, more only where they say something. */
  static BigDecimal plain(String currency, BigDecimal amount) {
    int digits = digits(currency);
    BigDecimal shortest = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    return shortest.setScale(Math.max(digits, shortest.scale()));
  }

  private static int digits(String currency) {
    try {
      return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException unknown) {
      return 2;
    }
  }

  /**
   * An amount as the contract writes it: digits, perhaps a sign and a point, no exponent.
   *
   * @throws IllegalArgumentException for anything else
   */
  static BigDecimal parse(String text) {
    if (text.isEmpty() || text.length() > MOST_DIGITS) {
      throw new IllegalArgumentException("no amount");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '.' && c != '-' && (c < '0' || c > '9')) {
        throw new IllegalArgumentException("no amount");
      }
    }
    return new BigDecimal(text);
  }

  static BigDecimal of(BigInteger unscaled, int scale) {
    return new BigDecimal(unscaled, scale);
  }
}
