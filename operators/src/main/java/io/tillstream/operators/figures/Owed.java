package io.tillstream.operators.figures;

/**
 * Lines that were counted without an answer: what a repair must move to its true category and
 * segment.
 *
 * @param itemId the product
 * @param key what else tells these lines from others of the product
 * @param figures what the lines count, with {@link Figures#degraded()} lines
 */
public record Owed(String itemId, Key key, Figures figures) {

  /**
   * What lines must share to be owed as one sum.
   *
   * @param backup whether the backup counted them: its rows are the ones to mend, else the
   *     primary's
   * @param windowStart the window's start in epoch milliseconds
   * @param sale whether the lines are of sales, and so have a segment
   * @param userId the shopper of a sale; null if anonymous or no sale
   * @param category the category they were counted under, null if that is not known yet ({@link
   *     RowKey#UNKNOWN} row)
   * @param segment the segment they were counted under, null if that is not known yet or they are
   *     no sale
   */
  public record Key(
      boolean backup,
      long windowStart,
      boolean sale,
      String userId,
      String category,
      String segment) {}
}
