package io.tillstream.routing.alert;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/** What closed windows left of one {@link Series}, oldest first. */
final class Past {
  private static final int DIGITS = 9;

  final String series;
  // For a rate in pairs: part, whole.
  final BigDecimal[] values;

  Past(String series, BigDecimal[] values) {
    this.series = series;
    this.values = values;
  }

  Past and(BigDecimal[] window, int most) {
    int kept = Math.min(values.length, Math.max(0, most * window.length - window.length));
    BigDecimal[] longer =
        Arrays.copyOfRange(values, values.length - kept, values.length + window.length);
    System.arraycopy(window, 0, longer, kept, window.length);
    return new Past(series, longer);
  }

  /**
   * The mean of the last windows; for a rate that of all of them taken together. Null if there are
   * not as many.
   */
  BigDecimal mean(int windows, int width) {
    int needed = windows * width;
    if (values.length < needed) {
      return null;
    }
    BigDecimal first = BigDecimal.ZERO;
    BigDecimal second = width == 1 ? BigDecimal.valueOf(windows) : BigDecimal.ZERO;
    for (int i = values.length - needed; i < values.length; i += width) {
      first = first.add(values[i]);
      second = width == 1 ? second : second.add(values[i + 1]);
    }
    return second.signum() <= 0 ? null : first.divide(second, DIGITS, RoundingMode.HALF_UP);
  }
}
