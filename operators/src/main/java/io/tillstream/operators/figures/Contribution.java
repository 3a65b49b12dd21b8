package io.tillstream.operators.figures;

/** What arrives at the sums. */
public sealed interface Contribution permits Delta, OwedClock {

  /** The key of the keyed exchange. */
  String target();
}
