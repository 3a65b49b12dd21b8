package io.tillstream.operators.aggregation;

import java.io.Serializable;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What can be set of the aggregation.
 *
 * @param window the length of the tumbling windows, 1 ms and more
 * @param lateness how long after a window's end its rows still take events, 0 and more
 * @param aggregator the name in every row, 1..32 of {@code a-z 0-9 -}
 * @param preSumEntries how many entries a pre-sum holds before it flushes, 1 and more
 * @param preSumInterval the longest a line waits in a pre-sum, 1 ms and more
 * @param publishInterval the longest a changed row waits to be published, 1 ms and more
 * @param heapRows how many rows a subtask keeps in the heap, 1 and more; further ones wait in state
 * @param zombieHorizon after a restore rows are looked for that a lost process still wrote, at a
 *     tenth of this time, at it and at three times of it; until then no row is forgotten; 10 ms and
 *     more
 */
public record AggregationOptions(
    Duration window,
    Duration lateness,
    String aggregator,
    int preSumEntries,
    Duration preSumInterval,
    Duration publishInterval,
    int heapRows,
    Duration zombieHorizon)
    implements Serializable {
  private static final String PRIMARY = "primary";
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

  /**
   * Checks every bound.
   *
   * @throws IllegalArgumentException naming the field and the bound
   */
  public AggregationOptions {
    atLeast("window", window, 1);
    atLeast("lateness", lateness, 0);
    if (aggregator == null || !NAME.matcher(aggregator).matches()) {
      throw new IllegalArgumentException(
          "aggregator must be 1..32 of a-z, 0-9 and -, was " + aggregator);
    }
    atLeast("preSumEntries", preSumEntries);
    atLeast("preSumInterval", preSumInterval, 1);
    atLeast("publishInterval", publishInterval, 1);
    atLeast("heapRows", heapRows);
    atLeast("zombieHorizon", zombieHorizon, 10);
  }

  /** What holds unless something is set. */
  public static AggregationOptions defaults() {
    return new AggregationOptions(
        Duration.ofMinutes(1),
        Duration.ofMinutes(1),
        PRIMARY,
        20_000,
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        500_000,
        Duration.ofSeconds(30));
  }

  /** The agent's name in reports: {@code aggregation}, or {@code backup-aggregation}. */
  public String agent() {
    return aggregator.equals(PRIMARY) ? "aggregation" : aggregator + "-aggregation";
  }

  /** Whether this is not the primary aggregation but one that stands in for it. */
  public boolean backup() {
    return !aggregator.equals(PRIMARY);
  }

  /** The same with other windows. */
  public AggregationOptions withWindow(Duration newWindow, Duration newLateness) {
    return new AggregationOptions(
        newWindow,
        newLateness,
        aggregator,
        preSumEntries,
        preSumInterval,
        publishInterval,
        heapRows,
        zombieHorizon);
  }

  /** The same under another name. */
  public AggregationOptions withAggregator(String name) {
    return new AggregationOptions(
        window,
        lateness,
        name,
        preSumEntries,
        preSumInterval,
        publishInterval,
        heapRows,
        zombieHorizon);
  }

  private static void atLeast(String field, Duration value, long millis) {
    if (value == null || value.toMillis() < millis) {
      throw new IllegalArgumentException(
          field + " must be at least " + millis + " ms, was " + value);
    }
  }

  private static void atLeast(String field, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(field + " must be at least 1, was " + value);
    }
  }
}
