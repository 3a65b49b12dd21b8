package io.tillstream.operators.figures;

/**
 * The newest stock known of a product.
 *
 * @param available pieces left, 0..10^9
 * @param at the event time it was so, in epoch milliseconds
 */
public record Stock(int available, long at) {

  /** The newer of two, either of which may be null; on a tie the smaller number. */
  public static Stock newer(Stock a, Stock b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    if (a.at != b.at) {
      return a.at > b.at ? a : b;
    }
    return a.available <= b.available ? a : b;
  }
}
