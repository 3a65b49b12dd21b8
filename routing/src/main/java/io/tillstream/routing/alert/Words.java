package io.tillstream.routing.alert;

import java.math.BigDecimal;

/** Why something is said, for people. */
final class Words {

  private Words() {}

  static String raised(Rule rule, BigDecimal value) {
    if (rule.silence() != null) {
      return "no "
          + rule.metric().name()
          + " for "
          + rule.silence()
          + ", where there were some before";
    }
    String held = rule.hold().isZero() ? "" : " for " + rule.hold();
    return seen(rule, value)
        + rule.comparison().words()
        + " "
        + Decimals.text(rule.threshold())
        + held;
  }

  static String updated(Rule rule, BigDecimal value, BigDecimal before) {
    return seen(rule, value) + "worse than " + Decimals.text(before);
  }

  static String resolved(Rule rule, BigDecimal value) {
    if (rule.silence() != null) {
      return rule.metric().name() + " grow again";
    }
    return seen(rule, value)
        + "no longer "
        + rule.comparison().words()
        + " "
        + Decimals.text(rule.clearThreshold());
  }

  static String tooFew(Rule rule) {
    return "a whole window had fewer than "
        + Decimals.text(rule.atLeast().value())
        + " "
        + rule.atLeast().metric().name()
        + ": nothing left to judge";
  }

  static String removed(String ruleId) {
    return "rule " + ruleId + " was removed";
  }

  static String changed(String ruleId) {
    return "rule " + ruleId + " was changed";
  }

  private static String seen(Rule rule, BigDecimal value) {
    String what = rule.metric().name() + (value == null ? "" : " " + Decimals.text(value));
    return rule.usual() == null
        ? what + ", "
        : rule.metric().name()
            + (value == null ? "" : " " + Decimals.text(value))
            + " times the usual, ";
  }
}
