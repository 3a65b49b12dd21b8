package io.tillstream.routing.alert;

import java.math.BigDecimal;
import java.util.Locale;

/** On which side of its threshold a value fires. */
public enum Comparison {
  LT,
  LE,
  GT,
  GE;

  /** The word in the JSON contract. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The comparison of a contract word, or null. */
  public static Comparison ofText(String text) {
    for (Comparison comparison : values()) {
      if (comparison.text().equals(text)) {
        return comparison;
      }
    }
    return null;
  }

  /** Whether {@code value} is on the firing side of {@code bound}. */
  public boolean holds(BigDecimal value, BigDecimal bound) {
    int order = value.compareTo(bound);
    return switch (this) {
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      case GE -> order >= 0;
    };
  }

  /** Whether high values fire. */
  public boolean isUpward() {
    return this == GT || this == GE;
  }

  /** Whether {@code value} lies further on the firing side than {@code than}. */
  boolean isWorse(BigDecimal value, BigDecimal than) {
    int order = value.compareTo(than);
    return isUpward() ? order > 0 : order < 0;
  }

  /** In words: {@code below}, {@code at or below}, … */
  String words() {
    return switch (this) {
      case LT -> "below";
      case LE -> "at or below";
      case GT -> "above";
      case GE -> "at or above";
    };
  }
}
