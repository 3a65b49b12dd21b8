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
 * one. The rows of the primary and of the backup are each corrected in themselves: a row that one
 * of them never counted would become negative.
 */
final class Corrections {
  private record Place(boolean backup, RowKey row, long windowStart) {}

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
    long lines = owed.degraded();
    Change product = at(key, Dimension.PRODUCT, itemId);
    product.figures.addDegraded(-lines);
    product.category = category;
    move(key, Dimension.CATEGORY, key.category(), category, owed);
    if (key.sale()) {
      move(key, Dimension.SEGMENT, key.segment(), segment, owed);
    }
    at(key, Dimension.SHOP, RowKey.ALL).figures.addDegraded(-lines);
  }

  private void move(Owed.Key key, Dimension dimension, String counted, String truth, Figures owed) {
    String from = counted == null ? RowKey.UNKNOWN : counted;
    Change target = at(key, dimension, truth);
    if (!from.equals(truth)) {
      at(key, dimension, from).figures.add(owed, -1);
      target.figures.add(owed, 1);
    }
    target.figures.addDegraded(-owed.degraded());
  }

  private Change at(Owed.Key key, Dimension dimension, String row) {
    Place place = new Place(key.backup(), new RowKey(dimension, row), key.windowStart());
    return changes.computeIfAbsent(place, at -> new Change());
  }

  /**
   * Hands all changes over and begins anew.
   *
   * @param primary takes those of the primary's rows
   * @param backup takes those of the backup's rows
   */
  void flush(Consumer<Delta> primary, Consumer<Delta> backup) {
    for (Map.Entry<Place, Change> entry : changes.entrySet()) {
      Place place = entry.getKey();
      Change change = entry.getValue();
      if (change.category != null || !change.figures.isZero()) {
        Consumer<Delta> receiver = place.backup ? backup : primary;
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
