package io.tillstream.operators.aggregation.presum;

import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.EnrichedEvent;
import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.Owed;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.operators.figures.Stock;
import io.tillstream.routing.event.EventLine;
import io.tillstream.routing.event.EventType;
import io.tillstream.routing.event.ShopEvent;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.List;

/**
 * Sums events in memory until they are flushed as changes of rows. A line costs one look-up, that
 * of its product; category and shop are rolled up from the products at the flush.
 */
public class PreSums {
  private static final long NONE = Long.MIN_VALUE;

  private final long windowMillis;
  private final boolean backup;
  private final Long2ObjectOpenHashMap<WindowSums> windows = new Long2ObjectOpenHashMap<>();
  private long lastStart = NONE;
  private WindowSums last;
  private int entries;

  /** Where a flush goes. */
  public interface Receiver {

    /** A change of a row. */
    void delta(Delta delta);

    /** Lines that were counted without an answer. */
    void owed(Owed owed);
  }

  /**
   * Pre-sums over tumbling windows.
   *
   * @param windowMillis how long a window is, 1 and more
   * @param backup whether they go into the backup's rows: what is owed must be paid there
   */
  public PreSums(long windowMillis, boolean backup) {
    this.windowMillis = windowMillis;
    this.backup = backup;
  }

  /**
   * Counts every line of an event, or throws and counts none: whoever retries it, or hands it to
   * somebody else, must not leave half of it behind. So all that can be wrong with an event is
   * looked at before anything changes; what comes then is arithmetic without bounds.
   *
   * @throws RuntimeException if the event is not whole
   */
  public void add(EnrichedEvent enriched) {
    check(enriched);
    ShopEvent event = enriched.event();
    WindowSums window = window(event.eventTime() - event.eventTime() % windowMillis);
    if (event.type() == EventType.INVENTORY_UPDATE) {
      addStock(event, window);
    } else if (event.type().isSale()) {
      addSale(enriched, window);
    } else {
      addBrowsing(enriched, window);
    }
  }

  private static void check(EnrichedEvent enriched) {
    ShopEvent event = enriched.event();
    List<EventLine> lines = event.lines();
    int size = lines.size();
    if (enriched.categories().size() != size) {
      throw new IllegalArgumentException(
          "categories must be as many as lines, "
              + size
              + ", were "
              + enriched.categories().size());
    }
    if (event.type().isSale() && event.currency() == null) {
      throw new IllegalArgumentException("currency must be given on a sale");
    }
    for (int i = 0; i < size; i++) {
      if (lines.get(i).itemId() == null) {
        throw new IllegalArgumentException("item_id must be given in line " + i);
      }
    }
  }

  private void addStock(ShopEvent event, WindowSums window) {
    List<EventLine> lines = event.lines();
    for (int i = 0; i < lines.size(); i++) {
      EventLine line = lines.get(i);
      ItemSums item = item(window, event, line, i);
      item.stock = Stock.newer(item.stock, new Stock(line.available(), event.eventTime()));
    }
  }

  private void addBrowsing(EnrichedEvent enriched, WindowSums window) {
    ShopEvent event = enriched.event();
    EventType type = event.type();
    List<EventLine> lines = event.lines();
    for (int i = 0; i < lines.size(); i++) {
      EventLine line = lines.get(i);
      ItemSums item = item(window, event, line, i);
      String category = enriched.categories().get(i);
      ItemSums.Part part = count(item, category, event, line);
      if (category == null) {
        part.figures.addDegraded(1);
        item.owedBrowsing = owe(item.owedBrowsing, type, line, null);
      }
      if (type == EventType.VIEW_ITEM) {
        trend(item, event, 1, 0);
      }
    }
  }

  private void addSale(EnrichedEvent enriched, WindowSums window) {
    ShopEvent event = enriched.event();
    // Nobody looks an anonymous shopper up, so nothing is missing.
    boolean anonymous = event.userId() == null;
    String segment = enriched.segment() == null && anonymous ? RowKey.UNKNOWN : enriched.segment();
    Roll bySegment = window.segment(segment == null ? RowKey.UNKNOWN : segment);
    bySegment.oldest = Math.min(bySegment.oldest, event.recordTime());
    boolean purchase = event.type() == EventType.PURCHASE;
    if (purchase) {
      window.orders.addOrder();
    }
    List<EventLine> lines = event.lines();
    for (int i = 0; i < lines.size(); i++) {
      EventLine line = lines.get(i);
      ItemSums item = item(window, event, line, i);
      String category = enriched.categories().get(i);
      ItemSums.Part part = count(item, category, event, line);
      bySegment.figures.count(event.type(), line, event.currency());
      if (category == null || segment == null) {
        part.figures.addDegraded(1);
        bySegment.figures.addDegraded(1);
        Owed.Key key = new Owed.Key(backup, window.start, true, event.userId(), category, segment);
        window.owedSales.compute(
            new WindowSums.OwedSale(line.itemId(), key),
            (k, sum) -> owe(sum, event.type(), line, event.currency()));
      }
      if (purchase) {
        trend(item, event, 0, line.quantity());
      }
    }
    entries += window.takeCreated();
  }

  private static ItemSums.Part count(
      ItemSums item, String category, ShopEvent event, EventLine line) {
    ItemSums.Part part = item.part(category);
    part.figures.count(event.type(), line, event.currency());
    part.oldest = Math.min(part.oldest, event.recordTime());
    return part;
  }

  private Figures owe(Figures sum, EventType type, EventLine line, String currency) {
    Figures owed = sum;
    if (owed == null) {
      owed = new Figures();
      entries++;
    }
    owed.count(type, line, currency);
    owed.addDegraded(1);
    return owed;
  }

  private void trend(ItemSums item, ShopEvent event, int views, int units) {
    if (item.trend == null) {
      item.trend = new TrendSums();
    }
    entries += item.trend.add(event.eventTime() / 1_000, views, units);
  }

  private ItemSums item(WindowSums window, ShopEvent event, EventLine line, int index) {
    ItemSums item = window.items.get(line.itemId());
    if (item == null) {
      item = new ItemSums();
      window.items.put(line.itemId(), item);
      entries++;
    }
    item.oldest = Math.min(item.oldest, event.recordTime());
    if (index == 0) {
      item.events++;
    }
    return item;
  }

  private WindowSums window(long start) {
    if (start != lastStart) {
      last = windows.computeIfAbsent(start, at -> new WindowSums(at, backup));
      lastStart = start;
    }
    return last;
  }

  /** How many sums are held: products, segments, seconds and what is owed. */
  public int entries() {
    return entries;
  }

  /** Hands everything over and begins anew. What was handed over is not touched again. */
  public void flush(Receiver receiver) {
    if (windows.isEmpty()) {
      return;
    }
    for (WindowSums window : windows.values()) {
      window.flush(receiver);
    }
    windows.clear();
    last = null;
    lastStart = NONE;
    entries = 0;
  }
}
