package io.tillstream.operators.aggregation.carts;

/** Who hears what became of carts. */
@FunctionalInterface
public interface CartOutcomes {

  /**
   * The counts at a moment change; negative numbers take back what was told before and has turned
   * out otherwise.
   *
   * @param moment epoch milliseconds; the window that holds it counts the change
   */
  void changed(long moment, int opened, int bought, int abandoned);
}
