package io.tillstream.operators.aggregation;

/**
 * How long to gather before passing on. Fresh records pass on quickly. Those of a backlog are old
 * already: a tenth of their age more is not seen by anybody, and the same sums in fewer pieces
 * drain it sooner.
 *
 * @param usual the interval for fresh records in ms, 1 and more
 * @param longest the interval is never longer in ms, at least {@code usual}
 */
public record Pace(long usual, long longest) {
  private static final long SHARE_OF_AGE = 10;

  /**
   * The interval now.
   *
   * @param oldestRecordTime the Kafka timestamp of the oldest record that waits, in epoch
   *     milliseconds; {@link Long#MAX_VALUE} if none does
   * @param now in epoch milliseconds
   */
  public long interval(long oldestRecordTime, long now) {
    long age = oldestRecordTime == Long.MAX_VALUE ? 0 : now - oldestRecordTime;
    return Math.max(usual, Math.min(longest, age / SHARE_OF_AGE));
  }
}
