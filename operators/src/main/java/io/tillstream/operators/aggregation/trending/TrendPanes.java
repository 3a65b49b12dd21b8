package io.tillstream.operators.aggregation.trending;

import it.unimi.dsi.fastutil.longs.Long2ObjectMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongList;
import it.unimi.dsi.fastutil.objects.Object2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Views and units by second and product, and their sums over the window that slides over them. The
 * window that ends at E covers the seconds E - span to E - 1. Seconds after it wait, those before
 * it are dropped; what comes for a second within it counts from the next look on.
 */
final class TrendPanes {
  /** Takes what changed. */
  @FunctionalInterface
  interface ChangedPane {
    void accept(long second, List<TrendCount> counts) throws Exception;
  }

  private static final class Count {
    long views;
    long units;
  }

  private static final class Pane {
    final Object2ObjectOpenHashMap<String, Count> counts = new Object2ObjectOpenHashMap<>();
    boolean changed;
  }

  private static final long NOT_YET = Long.MIN_VALUE;

  private final int span;
  private final Long2ObjectOpenHashMap<Pane> panes = new Long2ObjectOpenHashMap<>();
  private final Object2ObjectOpenHashMap<String, Count> totals = new Object2ObjectOpenHashMap<>();
  private final LongArrayList dropped = new LongArrayList();
  private long end = NOT_YET;

  /**
   * Begins empty.
   *
   * @param span the length of the window in seconds, above 0
   */
  TrendPanes(int span) {
    this.span = span;
  }

  /** Counts views and units of a product in an epoch second. */
  void add(String itemId, long second, long views, long units) {
    if (isGone(second)) {
      return;
    }
    Pane pane = pane(second);
    change(pane.counts, itemId, views, units);
    pane.changed = true;
    if (second < end) {
      change(totals, itemId, views, units);
    }
  }

  /** Takes back what {@link #drainChanged} gave away before; only before the first look. */
  void restore(long second, List<TrendCount> counts) {
    Pane pane = pane(second);
    for (TrendCount count : counts) {
      change(pane.counts, count.itemId(), count.views(), count.units());
    }
  }

  private boolean isGone(long second) {
    return end != NOT_YET && second < end - span;
  }

  private Pane pane(long second) {
    Pane pane = panes.get(second);
    if (pane == null) {
      pane = new Pane();
      panes.put(second, pane);
    }
    return pane;
  }

  /**
   * The first products of the window that ends at {@code newEnd}; an end before the last one is
   * taken for that.
   */
  List<TrendCount> top(long newEnd, int limit) {
    slideTo(newEnd);
    // The worst of those kept stands at the head of the queue, to give way.
    PriorityQueue<TrendCount> best = new PriorityQueue<>(limit + 1, TrendCount.RANKING.reversed());
    for (var entry : totals.object2ObjectEntrySet()) {
      Count count = entry.getValue();
      TrendCount worst = best.size() < limit ? null : best.peek();
      if (worst == null || count.views >= worst.views()) {
        best.add(new TrendCount(entry.getKey(), count.views, count.units));
        if (worst != null) {
          best.poll();
        }
      }
    }
    List<TrendCount> top = new ArrayList<>(best);
    top.sort(TrendCount.RANKING);
    return top;
  }

  /** How many seconds are kept. */
  int size() {
    return panes.size();
  }

  /** Gives away every second that has changed since the last time, whole. */
  void drainChanged(ChangedPane out) throws Exception {
    for (Long2ObjectMap.Entry<Pane> entry : panes.long2ObjectEntrySet()) {
      Pane pane = entry.getValue();
      if (pane.changed) {
        List<TrendCount> counts = new ArrayList<>(pane.counts.size());
        for (var count : pane.counts.object2ObjectEntrySet()) {
          Count value = count.getValue();
          counts.add(new TrendCount(count.getKey(), value.views, value.units));
        }
        out.accept(entry.getLongKey(), counts);
        pane.changed = false;
      }
    }
  }

  /** The seconds dropped since the last time. */
  LongList drainDropped() {
    LongList seconds = new LongArrayList(dropped);
    dropped.clear();
    return seconds;
  }

  private void slideTo(long newEnd) {
    if (newEnd <= end) {
      return;
    }
    if (end == NOT_YET || newEnd - end >= span) {
      beginAt(newEnd);
      return;
    }
    for (long second = end; second < newEnd; second++) {
      addToTotals(panes.get(second), 1);
    }
    for (long second = end - span; second < newEnd - span; second++) {
      Pane gone = panes.remove(second);
      addToTotals(gone, -1);
      if (gone != null) {
        dropped.add(second);
      }
    }
    end = newEnd;
  }

  private void beginAt(long newEnd) {
    totals.clear();
    totals.trim();
    end = newEnd;
    var entries = panes.long2ObjectEntrySet().iterator();
    while (entries.hasNext()) {
      Long2ObjectMap.Entry<Pane> entry = entries.next();
      if (entry.getLongKey() < newEnd - span) {
        dropped.add(entry.getLongKey());
        entries.remove();
      } else if (entry.getLongKey() < newEnd) {
        addToTotals(entry.getValue(), 1);
      }
    }
  }

  private void addToTotals(Pane pane, int sign) {
    if (pane != null) {
      for (var entry : pane.counts.object2ObjectEntrySet()) {
        Count count = entry.getValue();
        change(totals, entry.getKey(), sign * count.views, sign * count.units);
      }
    }
  }

  private static void change(
      Object2ObjectOpenHashMap<String, Count> counts, String itemId, long views, long units) {
    Count count = counts.get(itemId);
    if (count == null) {
      count = new Count();
      counts.put(itemId, count);
    }
    count.views += views;
    count.units += units;
    if ((count.views | count.units) == 0) {
      counts.remove(itemId);
    }
  }
}
