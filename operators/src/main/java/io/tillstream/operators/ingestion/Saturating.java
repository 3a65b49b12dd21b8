package io.tillstream.operators.ingestion;

/** Sums that stop at the largest long: an event time may be anything a long can hold. */
final class Saturating {
  private Saturating() {}

  /** The sum of any {@code a} and a {@code b} of at least 0. */
  static long add(long a, long b) {
    long sum = a + b;
    return sum < a ? Long.MAX_VALUE : sum;
  }
}
