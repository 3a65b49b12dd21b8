package io.tillstream.it.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every row that must come out, from the events that count. */
final class Expectation {
  private final Map<RowKey, ExpectedRow> rows = new HashMap<>();
  private final Catalog catalog;
  private final OracleOptions options;
  private final Carts carts = new Carts();

  private Expectation(Catalog catalog, OracleOptions options) {
    this.catalog = catalog;
    this.options = options;
  }

  /**
   * Adds everything up.
   *
   * @param failed events that no aggregation took: their lines are nowhere, but what they did to
   *     carts was told before
   * @param low the watermark that was reached for sure
   * @param high the watermark that was not passed for sure
   */
  static Map<RowKey, ExpectedRow> of(
      List<InputEvent> events,
      List<InputEvent> failed,
      Catalog catalog,
      OracleOptions options,
      long low,
      long high) {
    Expectation all = new Expectation(catalog, options);
    events.forEach(all::add);
    failed.forEach(all.carts::add);
    all.carts.count(options.cartTimeout().toMillis(), low, high, all::shop);
    return all.rows;
  }

  private void add(InputEvent event) {
    if (event.is("inventory_update")) {
      for (InputEvent.Item item : event.items()) {
        row("product", item.id(), event.time()).stock(event.time(), item.available());
      }
      return;
    }
    boolean sale = event.is("purchase") || event.is("refund");
    for (InputEvent.Item item : event.items()) {
      row("product", item.id(), event.time()).add(event, item);
      row("category", catalog.category(item.id()), event.time()).add(event, item);
      shop(event.time()).add(event, item);
      if (sale) {
        row("segment", catalog.segment(event.user()), event.time()).add(event, item);
      }
    }
    if (event.is("purchase")) {
      shop(event.time()).orders++;
    }
    carts.add(event);
  }

  private ExpectedRow shop(long time) {
    return row("shop", "all", time);
  }

  private ExpectedRow row(String dimension, String key, long time) {
    return rows.computeIfAbsent(
        new RowKey(dimension, key, options.windowStart(time)), unused -> new ExpectedRow());
  }
}
