package io.tillstream.operators.aggregation.sums;

/**
 * What the ledger counts here.
 *
 * @param aggregated events that were counted
 * @param degradedOpen lines counted without an answer and not yet repaired
 */
public record Ledger(long aggregated, long degradedOpen) {
  /** Nothing counted yet. */
  public static final Ledger ZERO = new Ledger(0, 0);

  /** Both together. */
  public Ledger plus(Ledger other) {
    return new Ledger(aggregated + other.aggregated, degradedOpen + other.degradedOpen);
  }
}
