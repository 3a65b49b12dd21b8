package io.tillstream.operators.aggregation.presum;

import io.tillstream.operators.figures.Figures;

/** A sum over several lines and the oldest record in it. */
final class Roll {
  final Figures figures = new Figures();
  long oldest = Long.MAX_VALUE;

  void add(ItemSums.Part part) {
    figures.add(part.figures, 1);
    oldest = Math.min(oldest, part.oldest);
  }
}
