package io.tillstream.operators.enrichment.lookup;

import java.util.function.LongSupplier;

/**
 * How long the catalog lets a probe wait: what the last answered one took, and from the first
 * unanswered one on how long that has been. So a catalog that hangs, answers slowly or refuses is
 * seen at once and not only when the probe is given up. One thread probes, any may read.
 */
final class ProbeTime {
  private final LongSupplier nanos;
  private long began;
  private volatile Reading reading = new Reading(0, 0, false);

  /** What the last answered probe took, and since when, if so, one has gone unanswered. */
  private record Reading(long took, long since, boolean unanswered) {}

  ProbeTime(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** A probe begins. */
  void begin() {
    began = nanos.getAsLong();
    Reading before = reading;
    if (!before.unanswered()) {
      reading = new Reading(before.took(), began, true);
    }
  }

  /** It was answered; of one that failed nothing need be told. */
  void answered() {
    reading = new Reading(nanos.getAsLong() - began, 0, false);
  }

  /** Nanoseconds; 0 before the first probe. */
  long nanos() {
    Reading now = reading;
    return now.unanswered() ? Math.max(now.took(), nanos.getAsLong() - now.since()) : now.took();
  }
}
