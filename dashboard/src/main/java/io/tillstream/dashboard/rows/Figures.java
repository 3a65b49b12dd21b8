package io.tillstream.dashboard.rows;

import java.util.Arrays;
import java.util.List;

/**
 * The counts of a row, by the contract's names, and sums of them. Immutable.
 *
 * <p>Those behind {@link #SHOP_ONLY} stand in rows of the whole shop only.
 */
public final class Figures {
  /** The contract's names, in its order. */
  public static final List<String> NAMES =
      List.of(
          "views",
          "add_to_carts",
          "removes_from_cart",
          "checkouts",
          "purchases",
          "units",
          "degraded",
          "orders",
          "carts_opened",
          "carts_bought",
          "carts_abandoned");

  /** The index from which on names belong to the shop's rows. */
  static final int SHOP_ONLY = 7;

  static final int SIZE = NAMES.size();
  static final Figures NONE = new Figures(new long[SIZE]);

  private final long[] values;

  /** Takes the array as it is: nobody may change it afterwards. */
  Figures(long[] values) {
    this.values = values;
  }

  /** The count, 0 for a name that is none. */
  public long get(String name) {
    int index = NAMES.indexOf(name);
    return index < 0 ? 0 : values[index];
  }

  long get(int index) {
    return values[index];
  }

  /** Both together; what a stranger made too large stays at the largest number there is. */
  Figures plus(Figures other) {
    long[] sum = new long[SIZE];
    for (int i = 0; i < SIZE; i++) {
      long total = values[i] + other.values[i];
      boolean overflown = ((values[i] ^ total) & (other.values[i] ^ total)) < 0;
      sum[i] = overflown ? (values[i] < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : total;
    }
    return new Figures(sum);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Figures that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
