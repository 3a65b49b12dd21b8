package io.tillstream.operators.enrichment.lookup;

import java.util.List;
import java.util.function.LongSupplier;

/** A connection that knows since when it has been in a call. */
final class Line {
  private final Lookups lookups;
  private final LongSupplier nanos;
  private volatile long busySince; // 0 while at rest

  Line(Lookups lookups, LongSupplier nanos) {
    this.lookups = lookups;
    this.nanos = nanos;
  }

  List<Answer> ask(List<LookupKey> keys) throws LookupFailure {
    begin();
    try {
      List<Answer> answers = lookups.ask(keys);
      if (answers.size() != keys.size()) {
        throw new IllegalStateException(answers.size() + " answers to " + keys.size() + " keys");
      }
      return answers;
    } finally {
      busySince = 0;
    }
  }

  void probe() throws LookupFailure {
    begin();
    try {
      lookups.probe();
    } finally {
      busySince = 0;
    }
  }

  private void begin() {
    long now = nanos.getAsLong();
    busySince = now == 0 ? 1 : now;
  }

  /** Whether it is in a call. */
  boolean isBusy() {
    return busySince != 0;
  }

  /** Breaks off a call that takes longer than {@code bound} nanoseconds. */
  void breakOff(long bound) {
    long since = busySince;
    if (since != 0 && nanos.getAsLong() - since > bound) {
      lookups.abort();
    }
  }

  void close() {
    lookups.close();
  }
}
