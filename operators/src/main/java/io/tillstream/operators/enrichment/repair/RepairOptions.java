package io.tillstream.operators.enrichment.repair;

import io.tillstream.operators.enrichment.lookup.Checks;
import java.io.Serializable;
import java.time.Duration;

/**
 * How missing answers are made up for.
 *
 * @param interval how often it is looked for work, 1 ms..250 ms
 * @param items how many products of a subtask are worked on at once, 1..100,000
 * @param slice how many entries of one product are paid in one go, 1..100,000: a hot product's debt
 *     must not hold up a barrier
 * @param pause how long a product rests after it got no answer, 1 ms..1 h
 * @param horizon how long a line is owed before it is written off, 1 s..365 days
 * @param dirty how many entries gather in the heap before they are written to state early, 1 and
 *     more; what has gathered is written before a barrier and so holds it up
 */
public record RepairOptions(
    Duration interval, int items, int slice, Duration pause, Duration horizon, int dirty)
    implements Serializable {

  /** Checks the bounds. */
  public RepairOptions {
    Checks.within("interval", interval, Duration.ofMillis(1), Duration.ofMillis(250));
    Checks.within("items", items, 1, 100_000);
    Checks.within("slice", slice, 1, 100_000);
    Checks.within("pause", pause, Duration.ofMillis(1), Duration.ofHours(1));
    Checks.within("horizon", horizon, Duration.ofSeconds(1), Duration.ofDays(365));
    Checks.within("dirty", dirty, 1, Integer.MAX_VALUE);
  }

  /** A day's horizon. */
  public static RepairOptions standard() {
    return new RepairOptions(
        Duration.ofMillis(100), 1_000, 1_000, Duration.ofSeconds(1), Duration.ofHours(24), 100_000);
  }

  /** The same with another horizon. */
  public RepairOptions withHorizon(Duration newHorizon) {
    return new RepairOptions(interval, items, slice, pause, newHorizon, dirty);
  }

  /** The same with other measures of work. */
  public RepairOptions withWork(Duration newInterval, int newItems, int newSlice, int newDirty) {
    return new RepairOptions(newInterval, newItems, newSlice, pause, horizon, newDirty);
  }
}
