package io.tillstream.routing.alert;

import io.tillstream.routing.event.Id128;

/**
 * Names of episodes: a hash of rule, dimension and key, and the episode's number among theirs. The
 * same rows lead to the same names, whenever and how often they are seen.
 */
final class AlertIds {
  private static final char SEPARATOR = '-';

  private AlertIds() {}

  static String of(String ruleId, String dimension, String key, long number) {
    return stem(ruleId, dimension, key) + SEPARATOR + number;
  }

  // A rule id and a dimension hold no line break.
  private static String stem(String ruleId, String dimension, String key) {
    Id128 id = Id128.of(ruleId + '\n' + dimension + '\n' + key);
    return String.format(java.util.Locale.ROOT, "%016x%016x", id.high(), id.low());
  }

  /** The number in a name, or 0 if it is none of ours. */
  static long number(String alertId) {
    try {
      return Long.parseLong(alertId.substring(alertId.lastIndexOf(SEPARATOR) + 1));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  static boolean belongs(Alert alert) {
    long number = number(alert.alertId());
    return number > 0
        && alert.alertId().equals(of(alert.ruleId(), alert.dimension(), alert.key(), number));
  }
}
