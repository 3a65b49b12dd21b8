package io.tillstream.operators.enrichment.repair;

import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.Dimension;
import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.Owed;
import io.tillstream.operators.figures.RowKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The changes of rows by which debts are paid: lines leave the rows they were counted under and
 * join the true ones, and none of them is degraded any more. Changes of one row are gathered into
 * one.
 */
final class Corrections {
  private record Place(RowKey row, long windowStart) {}

  private static final class Change {
    final Figures figures = new Figures();
    String category; // of a product row
  }

  private final Map<Place, Change> changes = new LinkedHashMap<>();

  /**
   * Pays a debt.
   *
   * @param key how the lines were counted; their rows are those of {@link RowKey#UNKNOWN} where it
   *     says null
   * @param owed what was counted, with all its lines degraded
   * @param category the true category
   * @param segment the true segment of a sale, else ignored
   */
  void pay(String itemId, Owed.Key key, Figures owed, String category, String segment) {
    long window = key.windowStart();
    long lines = owed.degraded();
    Change product = at(Dimension.PRODUCT, itemId, window);
    product.figures.addDegraded(-lines);
    product.category = category;
    move(Dimension.CATEGORY, key.category(), category, window, owed);
    if (key.sale()) {
      move(Dimension.SEGMENT, key.segment(), segment, window, owed);
    }
    at(RowKey.SHOP, window).figures.addDegraded(-lines);
  }

  private void move(Dimension dimension, String counted, String truth, long window, Figures owed) {
    String from = counted == null ? RowKey.UNKNOWN : counted;
    Change target = at(dimension, truth, window);
    if (!from.equals(truth)) {
      at(dimension, from, window).figures.add(owed, -1);
      target.figures.add(owed, 1);
    }
    target.figures.addDegraded(-owed.degraded());
  }

  private Change at(Dimension dimension, String key, long window) {
    return at(new RowKey(dimension, key), window);
  }

  private Change at(RowKey row, long window) {
    return changes.computeIfAbsent(new Place(row, window), place -> new Change());
  }

  /** Hands all changes over and begins anew. */
  void flush(Consumer<Delta> receiver) {
    for (Map.Entry<Place, Change> entry : changes.entrySet()) {
      Place place = entry.getKey();
      Change change = entry.getValue();
      if (change.category != null || !change.figures.isZero()) {
        receiver.accept(
            new Delta(
                place.row,
                place.windowStart,
                change.figures,
                change.category,
                change.category != null,
                null,
                0,
                Long.MAX_VALUE,
                null));
      }
    }
    changes.clear();
  }
}
