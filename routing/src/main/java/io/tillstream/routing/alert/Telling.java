package io.tillstream.routing.alert;

import java.math.BigDecimal;

/** The words of an episode. */
final class Telling {

  private Telling() {}

  static Alert raised(
      Rule rule,
      String dimension,
      String key,
      long number,
      BigDecimal value,
      long now,
      long rulesVersion) {
    return new Alert(
        AlertIds.of(rule.ruleId(), dimension, key, number),
        rule.ruleId(),
        Status.RAISED,
        dimension,
        key,
        rule.metric().name(),
        plain(value),
        rule.threshold(),
        rule.severity(),
        now,
        now,
        null,
        Words.raised(rule, value),
        rule.shadow(),
        1,
        rule.shadow() ? null : rule.webhook(),
        rulesVersion);
  }

  static Alert updated(Rule rule, Episode episode, long now, long rulesVersion) {
    BigDecimal said = episode.open().value();
    String reason =
        said == null
            ? Words.raised(rule, episode.worst())
            : Words.updated(rule, episode.worst(), said);
    return after(episode.open(), Status.UPDATED, episode.worst(), reason, now, rulesVersion);
  }

  static Alert resolved(
      Episode episode, BigDecimal value, String reason, long now, long rulesVersion) {
    return after(episode.open(), Status.RESOLVED, value, reason, now, rulesVersion);
  }

  // Everything but what is new stays as it was raised, whatever the rule says by now. An episode
  // never ends before it began, though the clock may have stepped back.
  private static Alert after(
      Alert last, Status status, BigDecimal value, String reason, long now, long rulesVersion) {
    long at = Math.max(now, last.updatedAt());
    return new Alert(
        last.alertId(),
        last.ruleId(),
        status,
        last.dimension(),
        last.key(),
        last.metric(),
        plain(value),
        last.threshold(),
        last.severity(),
        last.raisedAt(),
        at,
        status == Status.RESOLVED ? (Long) at : null,
        reason,
        last.shadow(),
        last.sequence() + 1,
        last.webhook(),
        Math.max(rulesVersion, last.rulesVersion()));
  }

  private static BigDecimal plain(BigDecimal value) {
    return value == null ? null : Decimals.plain(value);
  }
}
