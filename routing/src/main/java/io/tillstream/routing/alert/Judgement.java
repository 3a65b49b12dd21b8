package io.tillstream.routing.alert;

import java.math.BigDecimal;

/** What a rule sees in a window. */
final class Judgement {

  private Judgement() {}

  /**
   * The number to compare with the threshold, or null if there is nothing to judge: no such number,
   * too little of what it asks for, nothing usual yet.
   *
   * @param series of the rule, if it compares with what is usual
   */
  static BigDecimal value(Rule rule, Series series, Part[] parts, Past[] pasts) {
    if (rule.atLeast() != null && !reaches(parts, rule.atLeast())) {
      return null;
    }
    BigDecimal value = Parts.value(parts, rule.metric());
    if (value == null || rule.usual() == null) {
      return value;
    }
    BigDecimal usual = usual(rule, series, pasts);
    return usual == null ? null : Decimals.rate(value, usual);
  }

  static boolean reaches(Part[] parts, AtLeast atLeast) {
    BigDecimal value = Parts.value(parts, atLeast.metric());
    return value != null && value.compareTo(atLeast.value()) >= 0;
  }

  private static BigDecimal usual(Rule rule, Series series, Past[] pasts) {
    for (Past past : pasts) {
      if (past.series.equals(series.name())) {
        return past.mean(rule.usual().windows(), series.width());
      }
    }
    return null;
  }
}
