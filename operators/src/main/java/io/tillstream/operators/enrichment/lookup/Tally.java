package io.tillstream.operators.enrichment.lookup;

import java.util.concurrent.atomic.AtomicLong;

/** A count that one thread raises and others read: no more than a plain store on each raise. */
public final class Tally {
  private final AtomicLong count = new AtomicLong();

  /** One more. */
  public void raise() {
    raise(1);
  }

  /** {@code by} more. */
  public void raise(long by) {
    count.setRelease(count.getPlain() + by);
  }

  /** The count. */
  public long get() {
    return count.getAcquire();
  }
}
