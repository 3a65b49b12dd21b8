package io.tillstream.routing.alert;

import java.math.BigDecimal;

/** Joins the aggregators' parts of one window: only the whole is ever judged. */
final class Parts {
  static final Part[] NONE = {};

  private Parts() {}

  /**
   * A number of the whole window, or null if it has none, or if a part came when nobody asked for
   * it: half a number is none.
   */
  static BigDecimal value(Part[] parts, Metric metric) {
    return switch (metric.name()) {
      case Metric.AVAILABLE -> available(parts);
      case Metric.CONVERSION_RATE, Metric.ABANDONMENT_RATE -> {
        BigDecimal[] fraction = fraction(parts, metric);
        yield fraction == null ? null : Decimals.rate(fraction[0], fraction[1]);
      }
      default -> sum(parts, metric.name());
    };
  }

  /** A rate's part and whole, or null. */
  static BigDecimal[] fraction(Part[] parts, Metric rate) {
    boolean conversion = rate.name().equals(Metric.CONVERSION_RATE);
    BigDecimal part = sum(parts, conversion ? Metric.PURCHASES : Metric.CARTS_ABANDONED);
    BigDecimal rest = sum(parts, conversion ? Metric.VIEWS : Metric.CARTS_BOUGHT);
    if (part == null || rest == null) {
      return null;
    }
    return new BigDecimal[] {part, conversion ? rest : part.add(rest)};
  }

  private static BigDecimal sum(Part[] parts, String name) {
    BigDecimal sum = null;
    for (Part part : parts) {
      int at = part.indexOf(name);
      if (at < 0) {
        return null;
      }
      BigDecimal value = part.values[at];
      if (value != null) {
        sum = sum == null ? value : sum.add(value);
      }
    }
    return sum;
  }

  // The newest wins, the smaller on a tie.
  private static BigDecimal available(Part[] parts) {
    BigDecimal newest = null;
    long newestAt = Long.MIN_VALUE;
    for (Part part : parts) {
      int at = part.indexOf(Metric.AVAILABLE);
      if (at < 0) {
        return null;
      }
      BigDecimal value = part.values[at];
      if (value == null || (newest != null && part.availableAt < newestAt)) {
        continue;
      }
      if (newest == null || part.availableAt > newestAt || value.compareTo(newest) < 0) {
        newest = value;
        newestAt = part.availableAt;
      }
    }
    return newest;
  }

  static boolean areFinal(Part[] parts) {
    for (Part part : parts) {
      if (!part.isFinal) {
        return false;
      }
    }
    return parts.length > 0;
  }

  static int indexOf(Part[] parts, String aggregator) {
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].aggregator.equals(aggregator)) {
        return i;
      }
    }
    return -1;
  }

  /** A copy with a part put at its place, or at the end. */
  static Part[] with(Part[] parts, int at, Part part) {
    if (at < 0) {
      Part[] more = java.util.Arrays.copyOf(parts, parts.length + 1);
      more[parts.length] = part;
      return more;
    }
    Part[] copy = parts.clone();
    copy[at] = part;
    return copy;
  }
}
