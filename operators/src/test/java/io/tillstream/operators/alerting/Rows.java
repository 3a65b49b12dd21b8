package io.tillstream.operators.alerting;

import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.figures.Dimension;
import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.operators.figures.Stock;
import io.tillstream.routing.event.EventLine;
import io.tillstream.routing.event.EventType;

/** Published rows as tests need them. */
public final class Rows {
  /** A window's first moment. */
  public static final long W = 1_799_999_940_000L;

  private static final long MINUTE = 60_000;
  private static long version;

  private Rows() {}

  /** A product's row with its stock, of the primary. */
  public static MetricRow stock(String item, long window, int available) {
    return row(item, window, "primary", new Figures(), new Stock(available, window + 1));
  }

  /** A product's row with views alone. */
  public static MetricRow views(String item, long window, String aggregator, int views) {
    Figures figures = new Figures();
    for (int i = 0; i < views; i++) {
      figures.count(EventType.VIEW_ITEM, new EventLine(item, 1, 0, EventLine.NO_STOCK), null);
    }
    return row(item, window, aggregator, figures, null);
  }

  private static MetricRow row(
      String item, long window, String aggregator, Figures figures, Stock stock) {
    return new MetricRow(
        new RowKey(Dimension.PRODUCT, item),
        window,
        window + MINUTE,
        figures,
        "shoes",
        stock,
        aggregator,
        ++version,
        1,
        false,
        window,
        window);
  }
}
