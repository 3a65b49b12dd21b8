package io.tillstream.operators.enrichment.lookup;

import java.util.function.LongSupplier;

/** The share of failures over about the last ten seconds. Safe for many threads. */
public final class SlidingRate {
  private static final int SECONDS = 10;
  private static final long SECOND = 1_000_000_000;

  private final LongSupplier nanos;
  private final long start;
  private final long[] failed = new long[SECONDS];
  private final long[] tried = new long[SECONDS];
  private long newest;

  /** Nothing tried yet; {@code nanos} is a clock as {@link System#nanoTime}. */
  public SlidingRate(LongSupplier nanos) {
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /** {@code tries} more, of which {@code failures} failed. */
  public synchronized void add(long tries, long failures) {
    int slot = advance();
    tried[slot] += tries;
    failed[slot] += failures;
  }

  /** Failed / tried, 0..1; 0 if nothing was tried. */
  public synchronized double rate() {
    advance();
    long failures = 0;
    long tries = 0;
    for (int i = 0; i < SECONDS; i++) {
      failures += failed[i];
      tries += tried[i];
    }
    return tries == 0 ? 0 : (double) failures / tries;
  }

  private int advance() {
    long now = (nanos.getAsLong() - start) / SECOND;
    for (long second = Math.max(newest + 1, now - SECONDS + 1); second <= now; second++) {
      failed[(int) (second % SECONDS)] = 0;
      tried[(int) (second % SECONDS)] = 0;
    }
    newest = Math.max(newest, now);
    return (int) (newest % SECONDS);
  }
}
