package io.tillstream.dashboard.rows;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * The rows of a dimension's newest windows, bounded in windows and in rows. When there are too many
 * rows, the keys that were silent longest are forgotten whole, so that what is shown of a key is
 * its whole history or said to be incomplete.
 */
public final class Histories {
  private static final int MOST_NAMES = 10_000;

  private final String dimension;
  private final int mostWindows;
  private final int mostRows;
  private final Map<String, History> byKey = new LinkedHashMap<>(); // most silent first
  private final NavigableMap<Long, Integer> byStart = new TreeMap<>(); // how many rows
  private final Map<String, String> names = new HashMap<>();
  private int rows;
  private long newestStart = Row.NONE;
  private long windowMillis;
  private long lostUpTo = Row.NONE;

  /**
   * None yet.
   *
   * @param mostWindows how many windows back from the newest one are kept
   * @param mostRows how many rows are kept at most, over all keys
   */
  public Histories(String dimension, int mostWindows, int mostRows) {
    this.dimension = dimension;
    this.mostWindows = mostWindows;
    this.mostRows = mostRows;
  }

  /**
   * Takes a row of the dimension.
   *
   * @return what it changed
   */
  public History.Change put(Row row) {
    advance(row.windowStart(), row.windowEnd() - row.windowStart());
    if (row.windowStart() < oldestKept()) {
      return History.Change.NONE;
    }
    History known = byKey.remove(row.key());
    History history = known == null ? new History(row.key(), lostUpTo) : known;
    byKey.put(history.key(), history); // behind all others
    int before = history.size();
    History.Change changed = history.put(shared(row));
    if (history.size() > before) {
      rows++;
      byStart.merge(row.windowStart(), 1, Integer::sum);
    }
    if (rows > mostRows) {
      shrink(row.key());
    }
    return changed;
  }

  /** Tells that there is a newer window, perhaps in another dimension. */
  public void advance(long start, long millis) {
    if (start > newestStart) {
      newestStart = start;
      windowMillis = millis;
      forgetOld();
    }
  }

  /** The start of the oldest window that is kept. */
  public long oldestKept() {
    return newestStart == Row.NONE ? Row.NONE : newestStart - (mostWindows - 1) * windowMillis;
  }

  /** How long the newest window is, 0 while none is known. */
  public long windowMillis() {
    return windowMillis;
  }

  private void forgetOld() {
    long oldest = oldestKept();
    byStart.headMap(oldest).clear();
    for (Iterator<History> all = byKey.values().iterator(); all.hasNext(); ) {
      History history = all.next();
      rows -= history.forgetBefore(oldest);
      if (history.size() == 0) {
        all.remove();
      }
    }
  }

  private void shrink(String spared) {
    // A tenth at once: the next rows need not look again.
    int target = mostRows - mostRows / 10;
    for (Iterator<History> all = byKey.values().iterator(); rows > target && all.hasNext(); ) {
      History silent = all.next();
      if (!silent.key().equals(spared)) {
        rows -= silent.size();
        silent.eachStart(start -> byStart.computeIfPresent(start, Histories::less));
        lostUpTo = Math.max(lostUpTo, silent.newestStart());
        all.remove();
      }
    }
  }

  private static Integer less(Long start, Integer count) {
    return count == 1 ? null : count - 1;
  }

  // Few categories and aggregators stand in very many rows.
  private Row shared(Row row) {
    return new Row(
        row.dimension(),
        row.key(),
        row.windowStart(),
        row.windowEnd(),
        row.figures(),
        row.revenue(),
        row.refunds(),
        row.stock(),
        shared(row.category()),
        shared(row.aggregator()),
        row.version(),
        row.isFinal(),
        row.oldestNewRecordAt(),
        row.emittedAt());
  }

  private String shared(String name) {
    if (name == null) {
      return null;
    }
    String known = names.get(name);
    if (known == null && names.size() < MOST_NAMES) {
      names.put(name, name);
    }
    return known == null ? name : known;
  }

  public int rows() {
    return rows;
  }

  public Collection<String> keys() {
    return byKey.keySet();
  }

  /** The newest stock of a key over its windows, or null. */
  public Stock stock(String key) {
    History history = byKey.get(key);
    return history == null ? null : history.stock();
  }

  /** The windows of a key, joined over aggregators, oldest first. */
  public List<Row> of(String key) {
    return joined(key, Row.NONE, Long.MAX_VALUE);
  }

  private List<Row> joined(String key, long from, long to) {
    History history = byKey.get(key);
    return history == null ? List.of() : history.joined(dimension, from, to);
  }

  /** Whether all rows of the key's kept windows are there, as far as was read. */
  public boolean complete(String key) {
    History history = byKey.get(key);
    long lost = history == null ? lostUpTo : history.lostUpTo();
    return lost == Row.NONE || lost < oldestKept();
  }

  /** The rows of the newest window of the dimension, in the order of their keys. */
  public List<Row> newest(int most) {
    long newest = Row.NONE;
    for (History history : byKey.values()) {
      newest = Math.max(newest, history.newestStart());
    }
    List<Row> found = new ArrayList<>();
    for (History history : byKey.values()) {
      if (history.newestStart() == newest) {
        found.addAll(history.joined(dimension, newest, Long.MAX_VALUE));
      }
    }
    found.sort(Comparator.comparing(Row::key));
    return found.size() > most ? List.copyOf(found.subList(0, most)) : found;
  }

  /**
   * Rows of windows that begin within, joined, the newest window first.
   *
   * @param key null for all
   * @param most how many at most
   */
  public List<Row> select(String key, long from, long to, int most) {
    if (from > to) {
      return List.of();
    }
    Collection<History> asked = key == null ? byKey.values() : one(key);
    List<Row> found = new ArrayList<>();
    for (long start : byStart.subMap(from, true, to, false).descendingKeySet()) {
      // The largest first, so that of too many keys the last ones are dropped.
      PriorityQueue<String> keys = new PriorityQueue<>(Comparator.reverseOrder());
      for (History history : asked) {
        if (history.has(start)) {
          keys.add(history.key());
          if (keys.size() > most - found.size()) {
            keys.poll();
          }
        }
      }
      keys.stream().sorted().forEach(one -> found.addAll(joined(one, start, start + 1)));
      if (found.size() >= most) {
        break;
      }
    }
    return found;
  }

  private Collection<History> one(String key) {
    History history = byKey.get(key);
    return history == null ? List.of() : List.of(history);
  }
}
