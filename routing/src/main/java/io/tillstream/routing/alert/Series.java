package io.tillstream.routing.alert;

import java.math.BigDecimal;

/**
 * What has to be remembered of closed windows to know what is usual.
 *
 * @param name equal for rules that can share it
 * @param atLeast for a rate, of which a window must hold that much to count: a rate over a handful
 *     is noise. Null for other numbers: few views are usual where there are few views
 * @param windows how many at most
 */
record Series(String name, Metric metric, AtLeast atLeast, int windows) {

  static Series of(Rule rule) {
    Metric metric = rule.metric();
    AtLeast atLeast = metric.isRate() ? rule.atLeast() : null;
    String name =
        atLeast == null
            ? metric.name()
            : metric.name() + '@' + atLeast.metric().name() + '=' + Decimals.text(atLeast.value());
    return new Series(name, metric, atLeast, rule.usual().windows());
  }

  /** How many numbers a window leaves: a rate leaves its part and its whole. */
  int width() {
    return metric.isRate() ? 2 : 1;
  }

  /** What a closed window leaves, or null. */
  BigDecimal[] of(Part[] parts) {
    if (atLeast != null && !Judgement.reaches(parts, atLeast)) {
      return null;
    }
    if (metric.isRate()) {
      BigDecimal[] fraction = Parts.fraction(parts, metric);
      return fraction == null || fraction[1].signum() <= 0 ? null : fraction;
    }
    BigDecimal value = Parts.value(parts, metric);
    return value == null ? null : new BigDecimal[] {value};
  }
}
