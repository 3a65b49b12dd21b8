package io.tillstream.dashboard.rows;

/**
 * What is left of a product.
 *
 * @param at epoch milliseconds, by event time
 */
public record Stock(long available, long at) {
  /** The newer of the two, the smaller amount on a tie; either may be null. */
  public static Stock newer(Stock one, Stock other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    if (one.at != other.at) {
      return one.at > other.at ? one : other;
    }
    return one.available <= other.available ? one : other;
  }
}
