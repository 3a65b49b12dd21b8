package io.tillstream.local.topics;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * An even pace: the n-th thing is due n/rate seconds after the first, late ones are not skipped.
 */
public final class Pace {
  private final double nanosEach;
  private final LongSupplier nanoTime;
  private long begin;
  private long count;

  /**
   * @param rate a second; 0 or less means as fast as possible
   */
  public Pace(double rate) {
    this(rate, System::nanoTime);
  }

  Pace(double rate, LongSupplier nanoTime) {
    this.nanosEach = rate > 0 ? 1e9 / rate : 0;
    this.nanoTime = nanoTime;
  }

  /** Nanoseconds until the next thing is due, 0 if it is; counts it as done. */
  long nanosToNext() {
    if (nanosEach == 0) {
      return 0;
    }
    long now = nanoTime.getAsLong();
    if (count == 0) {
      begin = now;
    }
    long due = begin + (long) (count++ * nanosEach);
    return Math.max(0, due - now);
  }

  /** Waits until the next thing is due. */
  public void await() {
    long wait = nanosToNext();
    // Less than a millisecond is not worth the switch: the next ones catch up.
    while (wait > 1_000_000) {
      long before = nanoTime.getAsLong();
      LockSupport.parkNanos(wait);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      wait -= nanoTime.getAsLong() - before;
    }
  }
}
