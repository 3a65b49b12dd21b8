package io.tillstream.operators.ingestion;

import java.io.Serializable;
import java.time.Duration;

/**
 * What may be set of the ingestion, in whole milliseconds, all above 0.
 *
 * @param outOfOrderness how far the watermark stays behind the newest event of a partition
 * @param idleTimeout after how long without an event a partition that was read to its end holds
 *     nobody back
 * @param maxAhead how far an event may be ahead of its record's timestamp
 * @param dedupWindow within how much event time the same id is a duplicate
 * @param lateness how long after its end a window takes events; shorter than {@code dedupWindow}
 * @param window the length of the tumbling windows
 */
public record IngestionOptions(
    Duration outOfOrderness,
    Duration idleTimeout,
    Duration maxAhead,
    Duration dedupWindow,
    Duration lateness,
    Duration window)
    implements Serializable {

  // Before DEFAULT, whose making needs it.
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** What holds unless somebody says otherwise. */
  public static final IngestionOptions DEFAULT =
      new IngestionOptions(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofHours(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1));

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException naming the option, the bound and what was given
   */
  public IngestionOptions {
    check("ingestion.out-of-orderness", outOfOrderness);
    check("ingestion.idle-timeout", idleTimeout);
    check("ingestion.max-ahead", maxAhead);
    check("ingestion.dedup-window", dedupWindow);
    check("aggregation.lateness", lateness);
    check("aggregation.window", window);
    if (lateness.compareTo(dedupWindow) >= 0) {
      throw new IllegalArgumentException(
          "aggregation.lateness must be shorter than ingestion.dedup-window ("
              + dedupWindow
              + "), was "
              + lateness);
    }
  }

  private static void check(String name, Duration value) {
    if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          name + " must be at least 1 ms and at most 100 years, was " + value);
    }
  }

  LateRule lateRule() {
    return new LateRule(window.toMillis(), lateness.toMillis());
  }
}
