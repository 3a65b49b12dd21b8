package io.tillstream.dashboard.view;

import io.tillstream.dashboard.rows.Stock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The products of which least is left. Bounded: of too many, those with least are kept. */
final class LowStock {
  /** From here on there is enough. */
  static final int ENOUGH = 20;

  private static final int MOST = 2_000;
  private static final Comparator<Item> LEAST_FIRST =
      Comparator.comparingLong((Item item) -> item.stock().available()).thenComparing(Item::itemId);

  record Item(String itemId, Stock stock) {}

  private final Map<String, Stock> low = new HashMap<>();

  /**
   * What is known of a product now.
   *
   * @param stock null if nothing is known any more
   * @param corrected whether what was known before may have been wrong; else the newer one counts
   * @return whether anything changed
   */
  boolean put(String itemId, Stock stock, boolean corrected) {
    Stock known = low.get(itemId);
    Stock now = corrected ? stock : Stock.newer(known, stock);
    if (now == null || now.available() >= ENOUGH) {
      return low.remove(itemId) != null;
    }
    low.put(itemId, now);
    if (low.size() > MOST + MOST / 10) {
      List<Item> all = items();
      all.subList(MOST, all.size()).forEach(item -> low.remove(item.itemId()));
    }
    return !now.equals(known);
  }

  /** The stock of a product that has little left, else null. */
  Stock of(String itemId) {
    return low.get(itemId);
  }

  /** The products of which least is left, least first. */
  List<Item> lowest(int most) {
    List<Item> all = items();
    return all.size() > most ? all.subList(0, most) : all;
  }

  private List<Item> items() {
    List<Item> all = new ArrayList<>(low.size());
    low.forEach((id, stock) -> all.add(new Item(id, stock)));
    all.sort(LEAST_FIRST);
    return all;
  }
}
