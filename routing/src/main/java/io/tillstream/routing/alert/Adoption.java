package io.tillstream.routing.alert;

/** What a word that was read back makes of its rule's episode. */
final class Adoption {
  // By then a restored job has seen again what came between its checkpoint and the crash.
  private static final long SETTLES_IN = 20_000;

  private Adoption() {}

  /** Whether the memory has said it itself. One that is not open any more was resolved there. */
  static boolean isKnown(Episode episode, Alert told) {
    return !episode.isOpen() || episode.open().sequence() >= told.sequence();
  }

  /**
   * The episode.
   *
   * @param rule null if it is not known yet
   * @param mark of the rule, 0 if it is not known yet
   */
  static Episode of(Alert told, Rule rule, int mark, long windowStart, long now) {
    // Another clock may have been ahead.
    long at = Math.min(now, told.updatedAt());
    boolean open = told.status() != Status.RESOLVED;
    Episode episode = Episode.fresh(told.ruleId(), mark, AlertIds.number(told.alertId()));
    if (open || (rule != null && rule.silence() != null)) {
      episode = episode.holding(at, windowStart, told.value());
    }
    long cooldown = rule == null ? 0 : rule.cooldown().toMillis();
    long cooled = Math.min(now, told.raisedAt()) + cooldown;
    long settled = now + SETTLES_IN;
    return open
        ? episode.told(told, cooled, at).settling(settled).withDeadline(now)
        : episode.told(told, Math.max(cooled, settled), at).withDeadline(now);
  }
}
