package io.tillstream.operators.enrichment.repair;

import io.tillstream.operators.figures.Figures;

/**
 * What one key of a product is owed.
 *
 * @param figures what its lines count, with {@link Figures#degraded()} lines; not changed any more
 * @param since when its newest line came, in epoch milliseconds of processing time: the horizon
 *     must not cut a line's time short
 */
public record Debt(Figures figures, long since) {

  /** Both together; either may be null, not both. */
  static Debt join(Debt a, Debt b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    Figures sum = new Figures();
    sum.add(a.figures, 1);
    sum.add(b.figures, 1);
    return new Debt(sum, Math.max(a.since, b.since));
  }
}
