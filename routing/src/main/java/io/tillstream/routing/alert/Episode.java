package io.tillstream.routing.alert;

import java.math.BigDecimal;

/**
 * One rule on one key: the episode that is open, or what the next one has to know. Immutable.
 *
 * @param mark {@link RuleJson#mark} of the rule; 0 while only a word read back is known
 * @param number of the last episode that was raised, from 1; 0 before the first
 * @param since since when the condition holds, or for a rule on silence since when the metric has
 *     not grown; {@link #NEVER} if it does not
 * @param window the window it last held in, by its start
 * @param value as it was when it last held, or null
 * @param cooling no other episode is raised before; {@link #NEVER} if that is over
 * @param open its last word while it is open, else null
 * @param toldAt when that was said
 * @param settling an open word was read back, and rows from before it may be seen again: nothing
 *     ends it until then, or until the condition is seen to hold; {@link #NEVER} if that is over
 * @param worst worse than the last word, and not said yet; or null
 * @param deadline when something is due without a row; {@link Long#MAX_VALUE} for never
 */
record Episode(
    String ruleId,
    int mark,
    long number,
    long since,
    long window,
    BigDecimal value,
    long cooling,
    Alert open,
    long toldAt,
    long settling,
    BigDecimal worst,
    long deadline) {
  static final long NEVER = Long.MIN_VALUE;

  static Episode fresh(String ruleId, int mark, long number) {
    return new Episode(
        ruleId, mark, number, NEVER, NEVER, null, NEVER, null, NEVER, NEVER, null, Long.MAX_VALUE);
  }

  boolean isOpen() {
    return open != null;
  }

  boolean holds() {
    return since != NEVER;
  }

  /** Whether nothing is left but the number, and perhaps not even that. */
  boolean isIdle() {
    return open == null && since == NEVER && cooling == NEVER;
  }

  Episode holding(long sinceWhen, long inWindow, BigDecimal seen) {
    return new Episode(
        ruleId, mark, number, sinceWhen, inWindow, seen, cooling, open, toldAt, settling, worst,
        deadline);
  }

  Episode calm() {
    return holding(NEVER, NEVER, null);
  }

  Episode withWorst(BigDecimal seen) {
    return new Episode(
        ruleId, mark, number, since, window, value, cooling, open, toldAt, settling, seen,
        deadline);
  }

  /** The same after a word was said. */
  Episode told(Alert alert, long cooledAt, long at) {
    Alert stillOpen = alert.status() == Status.RESOLVED ? null : alert;
    return new Episode(
        ruleId,
        mark,
        Math.max(number, AlertIds.number(alert.alertId())),
        since,
        window,
        value,
        cooledAt,
        stillOpen,
        at,
        NEVER,
        null,
        deadline);
  }

  Episode withDeadline(long at) {
    return at == deadline
        ? this
        : new Episode(
            ruleId, mark, number, since, window, value, cooling, open, toldAt, settling, worst, at);
  }

  Episode opened(Alert known) {
    return new Episode(
        ruleId, mark, number, since, window, value, cooling, known, toldAt, settling, worst,
        deadline);
  }

  Episode cooled() {
    return new Episode(
        ruleId, mark, number, since, window, value, NEVER, open, toldAt, settling, worst, deadline);
  }

  Episode settling(long until) {
    return new Episode(
        ruleId, mark, number, since, window, value, cooling, open, toldAt, until, worst, deadline);
  }

  boolean isSettling() {
    return settling != NEVER;
  }

  Episode withMark(int known) {
    return new Episode(
        ruleId, known, number, since, window, value, cooling, open, toldAt, settling, worst,
        deadline);
  }

  /** The same on a clock that stepped back. */
  Episode earlier(long millis) {
    return new Episode(
        ruleId,
        mark,
        number,
        earlier(since, millis),
        window,
        value,
        earlier(cooling, millis),
        open,
        earlier(toldAt, millis),
        earlier(settling, millis),
        worst,
        deadline == Long.MAX_VALUE ? deadline : deadline - millis);
  }

  private static long earlier(long at, long millis) {
    return at == NEVER ? NEVER : at - millis;
  }
}
