package io.tillstream.operators.aggregation.sums;

import io.tillstream.operators.figures.RowKey;
import it.unimi.dsi.fastutil.longs.Long2ObjectAVLTreeMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.objects.Object2ObjectOpenHashMap;

/**
 * All rows of a subtask. Hot ones live in the heap and are written to state before each barrier;
 * others wait in state under their names. A row that stands nowhere does not exist: state is never
 * asked in vain.
 */
final class RowStore {
  private static final int MAX_NAMES = 500_000;

  private final RowState state;
  private final long windowMillis;
  private final Long2ObjectOpenHashMap<RowWindow> windows = new Long2ObjectOpenHashMap<>();
  private final Long2ObjectAVLTreeMap<RowWindow> open = new Long2ObjectAVLTreeMap<>();
  private final Long2ObjectAVLTreeMap<RowWindow> closed = new Long2ObjectAVLTreeMap<>();
  // One object for each row key, however many windows name it.
  private Object2ObjectOpenHashMap<RowKey, RowKey> names = new Object2ObjectOpenHashMap<>();
  private RowWindow last;
  private int inHeap;

  RowStore(RowState state, long windowMillis) {
    this.state = state;
    this.windowMillis = windowMillis;
  }

  /** Rebuilds the index; windows that {@code watermark} has passed are closed already. */
  void restore(long watermark) throws Exception {
    state.forEach((row, start) -> window(start, watermark).waiting.add(name(row)));
  }

  /** The window, made if need be: closed if {@code watermark} has passed it. */
  RowWindow window(long start, long watermark) {
    RowWindow hit = last;
    if (hit != null && hit.start == start) {
      return hit;
    }
    hit = windows.get(start);
    if (hit == null) {
      hit = new RowWindow(start, start + windowMillis);
      hit.closed = hit.end - 1 <= watermark;
      windows.put(start, hit);
      (hit.closed ? closed : open).put(start, hit);
    }
    last = hit;
    return hit;
  }

  /** The row, or null if there is none. */
  Row find(RowWindow window, RowKey key) throws Exception {
    Row row = window.rows.get(key);
    if (row != null || window.waiting.isEmpty() || !window.waiting.remove(key)) {
      return row;
    }
    StoredRow stored = state.read(key, window.start);
    if (stored == null) {
      throw new IllegalStateException(
          "row " + key.text() + " of window " + window.start + " is named but not in state");
    }
    return put(new Row(name(key), window, stored));
  }

  /** Makes a row of zeros, which must not exist yet. */
  Row create(RowWindow window, RowKey key) {
    Row row = new Row(name(key), window);
    row.unwritten = true;
    return put(row);
  }

  private Row put(Row row) {
    row.window.rows.put(row.key, row);
    inHeap++;
    return row;
  }

  private RowKey name(RowKey key) {
    if (names.size() >= MAX_NAMES) {
      names = new Object2ObjectOpenHashMap<>(); // else every product ever seen would stay
    }
    RowKey known = names.putIfAbsent(key, key);
    return known == null ? key : known;
  }

  /** The oldest window that is not closed, or null. */
  RowWindow oldestOpen() {
    return open.isEmpty() ? null : open.get(open.firstLongKey());
  }

  /** The oldest window that is closed, or null. */
  RowWindow oldestClosed() {
    return closed.isEmpty() ? null : closed.get(closed.firstLongKey());
  }

  /** Notes that a window is closed. */
  void close(RowWindow window) {
    window.closed = true;
    open.remove(window.start);
    closed.put(window.start, window);
  }

  /**
   * Forgets a window and its rows, in the heap and in state.
   *
   * @return how many rows were removed from state
   */
  int drop(RowWindow window) throws Exception {
    int removed = window.waiting.size();
    for (Row row : window.rows.values()) {
      if (row.stored) {
        state.remove(row.key, window.start);
        removed++;
      }
    }
    for (RowKey key : window.waiting) {
      state.remove(key, window.start);
    }
    inHeap -= window.rows.size();
    windows.remove(window.start);
    open.remove(window.start);
    closed.remove(window.start);
    last = null;
    return removed;
  }

  /** Writes every changed row to state. */
  void writeBack() throws Exception {
    for (RowWindow window : windows.values()) {
      for (Row row : window.rows.values()) {
        write(row);
      }
    }
  }

  private void write(Row row) throws Exception {
    if (row.unwritten) {
      state.write(row.key, row.window.start, row.stored());
      row.unwritten = false;
      row.stored = true;
    }
  }

  /** Lets the rows of a window wait in state; none may be unpublished. */
  private void evict(RowWindow window) throws Exception {
    if (window.rows.isEmpty()) {
      return;
    }
    for (Row row : window.rows.values()) {
      write(row);
      if (row.stored) {
        window.waiting.add(row.key);
      }
    }
    inHeap -= window.rows.size();
    window.rows.clear();
    window.rows.trim();
  }

  /** Lets the oldest windows wait in state until at most {@code rows} are in the heap. */
  void evictDownTo(int rows) throws Exception {
    for (RowWindow window : closed.values()) {
      if (inHeap <= rows) {
        return;
      }
      evict(window);
    }
    for (RowWindow window : open.values()) {
      if (inHeap <= rows) {
        return;
      }
      evict(window);
    }
  }

  /** Lets closed windows wait in state that end before {@code bound}. */
  void evictClosedBefore(long bound) throws Exception {
    for (RowWindow window : closed.values()) {
      if (window.end > bound) {
        return;
      }
      evict(window);
    }
  }

  int inHeap() {
    return inHeap;
  }

  int windows() {
    return windows.size();
  }

  int openWindows() {
    return open.size();
  }
}
