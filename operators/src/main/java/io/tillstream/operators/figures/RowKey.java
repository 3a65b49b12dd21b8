package io.tillstream.operators.figures;

/**
 * Which row, in any window.
 *
 * @param dimension what it is about
 * @param key the product, category or segment; {@link #ALL} for the shop
 */
public record RowKey(Dimension dimension, String key) {
  /** The key of the whole shop. */
  public static final String ALL = "all";

  /** The category or segment of what has none. */
  public static final String UNKNOWN = "unknown";

  /** The row of the whole shop. */
  public static final RowKey SHOP = new RowKey(Dimension.SHOP, ALL);

  /** {@code dimension|key}: the key of Flink's keyed state, and the beginning of the Kafka key. */
  public String text() {
    return dimension.text() + '|' + key;
  }

  /**
   * The row of a {@link #text}; the key itself may hold further bars.
   *
   * @throws IllegalArgumentException if the text does not begin with a dimension and a bar
   */
  public static RowKey ofText(String text) {
    int bar = text.indexOf('|');
    Dimension dimension = bar < 0 ? null : Dimension.ofText(text.substring(0, bar));
    if (dimension == null) {
      throw new IllegalArgumentException("no row: " + text);
    }
    return new RowKey(dimension, text.substring(bar + 1));
  }
}
