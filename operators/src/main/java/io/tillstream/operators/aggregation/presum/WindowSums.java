package io.tillstream.operators.aggregation.presum;

import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.Dimension;
import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.Owed;
import io.tillstream.operators.figures.RowKey;
import it.unimi.dsi.fastutil.objects.Object2ObjectMap;
import it.unimi.dsi.fastutil.objects.Object2ObjectOpenHashMap;

/** What one window gathered since the last flush, and how it becomes changes of rows. */
final class WindowSums {
  final long start;
  private final boolean backup;
  final Object2ObjectOpenHashMap<String, ItemSums> items = new Object2ObjectOpenHashMap<>();
  final Object2ObjectOpenHashMap<OwedSale, Figures> owedSales = new Object2ObjectOpenHashMap<>();
  final Figures orders = new Figures();
  private final Object2ObjectOpenHashMap<String, Roll> segments = new Object2ObjectOpenHashMap<>();
  private int created;

  /** Lines of sales that are owed as one sum. */
  record OwedSale(String itemId, Owed.Key key) {}

  WindowSums(long start, boolean backup) {
    this.start = start;
    this.backup = backup;
  }

  Roll segment(String segment) {
    Roll roll = segments.get(segment);
    if (roll == null) {
      roll = new Roll();
      segments.put(segment, roll);
      created++;
    }
    return roll;
  }

  /** How many segments came to be since the last call. */
  int takeCreated() {
    int taken = created;
    created = 0;
    return taken;
  }

  void flush(PreSums.Receiver receiver) {
    Roll shop = new Roll();
    Object2ObjectOpenHashMap<String, Roll> categories = new Object2ObjectOpenHashMap<>();
    for (Object2ObjectMap.Entry<String, ItemSums> entry : items.object2ObjectEntrySet()) {
      flushItem(entry.getKey(), entry.getValue(), categories, shop, receiver);
    }
    emit(Dimension.CATEGORY, categories, receiver);
    emit(Dimension.SEGMENT, segments, receiver);
    if (shop.oldest != Long.MAX_VALUE) { // else there was nothing but stock
      shop.figures.add(orders, 1);
      receiver.delta(Delta.of(RowKey.SHOP, start, shop.figures, shop.oldest));
    }
    owedSales.forEach((sale, sum) -> receiver.owed(new Owed(sale.itemId, sale.key, sum)));
  }

  private void flushItem(
      String itemId,
      ItemSums item,
      Object2ObjectOpenHashMap<String, Roll> categories,
      Roll shop,
      PreSums.Receiver receiver) {
    RowKey row = new RowKey(Dimension.PRODUCT, itemId);
    if (item.parts == null) {
      receiver.delta(
          new Delta(
              row, start, new Figures(), null, false, item.stock, item.events, item.oldest, null));
      return;
    }
    flushParts(row, item, item.parts, receiver);
    for (ItemSums.Part part = item.parts; part != null; part = part.next) {
      String category = part.category == null ? RowKey.UNKNOWN : part.category;
      categories.computeIfAbsent(category, c -> new Roll()).add(part);
      shop.add(part);
    }
    if (item.owedBrowsing != null) {
      Owed.Key key = new Owed.Key(backup, start, false, null, null, null);
      receiver.owed(new Owed(itemId, key, item.owedBrowsing));
    }
  }

  // The newest category comes last, because the newest answer wins; what belongs to the product as
  // a whole goes with it.
  private void flushParts(
      RowKey row, ItemSums item, ItemSums.Part part, PreSums.Receiver receiver) {
    if (part.next != null) {
      flushParts(row, item, part.next, receiver);
    }
    boolean newest = part == item.parts;
    boolean answered = part.category != null;
    receiver.delta(
        new Delta(
            row,
            start,
            part.figures,
            answered ? part.category : RowKey.UNKNOWN,
            answered,
            newest ? item.stock : null,
            newest ? item.events : 0,
            newest ? item.oldest : part.oldest,
            newest && item.trend != null ? item.trend.trend() : null));
  }

  private void emit(
      Dimension dimension,
      Object2ObjectOpenHashMap<String, Roll> rolls,
      PreSums.Receiver receiver) {
    for (Object2ObjectMap.Entry<String, Roll> entry : rolls.object2ObjectEntrySet()) {
      Roll roll = entry.getValue();
      RowKey row = new RowKey(dimension, entry.getKey());
      receiver.delta(Delta.of(row, start, roll.figures, roll.oldest));
    }
  }
}
