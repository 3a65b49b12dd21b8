package io.tillstream.routing.event;

import java.math.BigDecimal;

/**
 * Reads prices exactly, in millionths (micros) of the currency: 0 <= price < 10^12, at most 6
 * decimals. Digits and a power of ten stay apart until both are known to be small, so that no
 * exponent is ever expanded and nothing goes through binary floating point.
 */
final class Prices {
  /** Results below zero say what is wrong; {@link #bound} puts them in words. */
  static final long NEGATIVE = -1;

  static final long TOO_HIGH = -2;
  static final long TOO_FINE = -3;
  static final long NO_PATTERN = -4;
  static final long ABSURD_EXPONENT = -5;

  /** One more than the highest price or amount, in micros. */
  static final long LIMIT_MICROS = 1_000_000_000_000_000_000L;

  private static final int INTEGER_DIGITS = 12;
  private static final int DECIMALS = 6;
  private static final int MAX_DIGITS = INTEGER_DIGITS + DECIMALS;
  private static final int MAX_EXPONENT = 1_000;
  private static final long[] POWERS = new long[MAX_DIGITS + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private Prices() {}

  /** The price of a JSON number, by its value however it is written; or what is wrong. */
  static long ofNumber(char[] c, int offset, int length) {
    int end = offset + length;
    boolean negative = c[offset] == '-';
    long value = 0; // the digits between the first and the last that is not 0
    int digits = 0; // how many these are
    int zeros = 0; // zeros behind the last digit taken
    int decimals = 0;
    boolean point = false;
    int i = negative ? offset + 1 : offset;
    for (; i < end && (c[i] | 0x20) != 'e'; i++) {
      if (c[i] == '.') {
        point = true;
        continue;
      }
      decimals += point ? 1 : 0;
      if (c[i] == '0') {
        zeros += digits > 0 ? 1 : 0;
        continue;
      }
      digits += zeros + 1;
      if (digits <= MAX_DIGITS) {
        value = value * POWERS[zeros + 1] + (c[i] - '0');
      }
      zeros = 0;
    }
    int exponent = i < end ? exponent(c, i + 1, end) : 0;
    if (exponent > MAX_EXPONENT || exponent < -MAX_EXPONENT) {
      return ABSURD_EXPONENT;
    }
    if (digits == 0) {
      return 0;
    }
    return negative ? NEGATIVE : micros(value, digits, (long) zeros - decimals + exponent);
  }

  private static long micros(long value, int digits, long power) {
    if (power < -DECIMALS) {
      return TOO_FINE;
    }
    if (digits + power > INTEGER_DIGITS) {
      return TOO_HIGH;
    }
    return value * POWERS[(int) power + DECIMALS];
  }

  /** The exponent, or one step beyond the bound if it is beyond. */
  private static int exponent(char[] c, int start, int end) {
    boolean negative = c[start] == '-';
    int value = 0;
    for (int i = negative || c[start] == '+' ? start + 1 : start; i < end; i++) {
      value = Math.min(value * 10 + (c[i] - '0'), MAX_EXPONENT + 1);
    }
    return negative ? -value : value;
  }

  /** The price of a string {@code [0-9]{1,12}(\.[0-9]{1,6})?}; or what is wrong. */
  static long ofText(char[] c, int offset, int length) {
    int end = offset + length;
    long value = 0;
    int i = offset;
    for (; i < end && c[i] != '.'; i++) {
      if (c[i] < '0' || c[i] > '9' || i - offset >= INTEGER_DIGITS) {
        return NO_PATTERN;
      }
      value = value * 10 + (c[i] - '0');
    }
    if (i == offset) {
      return NO_PATTERN;
    }
    if (i == end) {
      return value * POWERS[DECIMALS];
    }
    int decimals = end - ++i;
    if (decimals < 1 || decimals > DECIMALS) {
      return NO_PATTERN;
    }
    for (; i < end; i++) {
      if (c[i] < '0' || c[i] > '9') {
        return NO_PATTERN;
      }
      value = value * 10 + (c[i] - '0');
    }
    return value * POWERS[DECIMALS - decimals];
  }

  /** A price for people. */
  static String plain(long micros) {
    return BigDecimal.valueOf(micros, DECIMALS).stripTrailingZeros().toPlainString();
  }

  /** What a price must be, for a result below zero. */
  static String bound(long result) {
    if (result == NEGATIVE) {
      return "must be at least 0";
    }
    if (result == TOO_HIGH) {
      return "must be below 1000000000000";
    }
    if (result == TOO_FINE) {
      return "must have at most 6 decimals";
    }
    if (result == ABSURD_EXPONENT) {
      return "must have an exponent between -1000 and 1000";
    }
    return "must match [0-9]{1,12}(\\.[0-9]{1,6})?";
  }
}
