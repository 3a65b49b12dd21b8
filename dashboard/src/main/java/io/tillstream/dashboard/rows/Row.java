package io.tillstream.dashboard.rows;

/**
 * One aggregator's row of {@code shop-metrics}, or several of a window joined.
 *
 * @param windowStart epoch milliseconds
 * @param windowEnd epoch milliseconds
 * @param stock null without a stock update in the window
 * @param category null where none stands
 * @param aggregator who counted; joined rows name all, by {@code +}
 * @param oldestNewRecordAt epoch milliseconds, {@link #NONE} if nothing is new
 * @param emittedAt epoch milliseconds, {@link #NONE} if it does not say
 */
public record Row(
    String dimension,
    String key,
    long windowStart,
    long windowEnd,
    Figures figures,
    Money revenue,
    Money refunds,
    Stock stock,
    String category,
    String aggregator,
    long version,
    boolean isFinal,
    long oldestNewRecordAt,
    long emittedAt) {
  /** No such time. */
  public static final long NONE = Long.MIN_VALUE;

  /** A row's dimension of the whole site, key {@code all}. */
  public static final String SHOP = "shop";

  public static final String PRODUCT = "product";
  public static final String CATEGORY = "category";
  public static final String SEGMENT = "segment";

  /**
   * Both as one, as the contract joins the rows of different aggregators of a window. What order
   * rows are joined in makes no difference to the numbers.
   */
  public Row join(Row other) {
    return new Row(
        dimension,
        key,
        windowStart,
        windowEnd,
        figures.plus(other.figures),
        revenue.plus(other.revenue),
        refunds.plus(other.refunds),
        Stock.newer(stock, other.stock),
        category != null ? category : other.category,
        aggregator + '+' + other.aggregator,
        Math.max(version, other.version),
        isFinal && other.isFinal,
        oldest(oldestNewRecordAt, other.oldestNewRecordAt),
        Math.max(emittedAt, other.emittedAt));
  }

  /** The same, with another time of its oldest new record. */
  public Row withOldest(long newOldest) {
    return new Row(
        dimension,
        key,
        windowStart,
        windowEnd,
        figures,
        revenue,
        refunds,
        stock,
        category,
        aggregator,
        version,
        isFinal,
        newOldest,
        emittedAt);
  }

  /** The earlier of two times, either of which may be {@link #NONE}. */
  public static long oldest(long one, long other) {
    if (one == NONE || other == NONE) {
      return Math.max(one, other);
    }
    return Math.min(one, other);
  }
}
