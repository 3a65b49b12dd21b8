package io.tillstream.routing.agent;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The share of failures over a window that slides on in tenths: what is older than the window does
 * not count, what is younger than nine tenths of it does. Safe for many threads; each call takes a
 * lock, so who counts every event adds them up first.
 */
public final class SlidingRate {
  /** What agents report: after an outage the rate is down again within this time. */
  public static final Duration LATELY = Duration.ofSeconds(5);

  private static final int SLOTS = 10;

  private final LongSupplier nanos;
  private final long start;
  private final long width;
  private final long[] failed = new long[SLOTS];
  private final long[] tried = new long[SLOTS];
  private long newest;

  /**
   * Nothing tried yet.
   *
   * @param nanos a clock as {@link System#nanoTime}
   * @param window 10 ms or more
   */
  public SlidingRate(LongSupplier nanos, Duration window) {
    if (window.toMillis() < SLOTS) {
      throw new IllegalArgumentException("window must be at least 10 ms, not " + window);
    }
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.width = window.toNanos() / SLOTS;
  }

  /** The rate {@link #LATELY}. */
  public static SlidingRate lately(LongSupplier nanos) {
    return new SlidingRate(nanos, LATELY);
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
    for (int i = 0; i < SLOTS; i++) {
      failures += failed[i];
      tries += tried[i];
    }
    return tries == 0 ? 0 : (double) failures / tries;
  }

  /** How many tries it speaks of. */
  public synchronized long tried() {
    advance();
    long tries = 0;
    for (long slot : tried) {
      tries += slot;
    }
    return tries;
  }

  private int advance() {
    long now = (nanos.getAsLong() - start) / width;
    for (long slot = Math.max(newest + 1, now - SLOTS + 1); slot <= now; slot++) {
      failed[(int) (slot % SLOTS)] = 0;
      tried[(int) (slot % SLOTS)] = 0;
    }
    newest = Math.max(newest, now);
    return (int) (newest % SLOTS);
  }
}
