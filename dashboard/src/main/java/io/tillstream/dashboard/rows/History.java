package io.tillstream.dashboard.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;

/** The rows of one key, oldest window first; of each window and aggregator the highest version. */
public final class History {
  private static final int FEW = 4;

  private final String key;

  /** Up to this window rows may have been lost before this history began. */
  private final long lostUpTo;

  private long[] starts = new long[FEW];
  private String[] aggregators = new String[FEW];
  private String[] categories = new String[FEW];
  private byte[][] rows = new byte[FEW][];
  private int size;

  History(String key, long lostUpTo) {
    this.key = key;
    this.lostUpTo = lostUpTo;
  }

  String key() {
    return key;
  }

  long lostUpTo() {
    return lostUpTo;
  }

  int size() {
    return size;
  }

  long newestStart() {
    return size == 0 ? Row.NONE : starts[size - 1];
  }

  /** What a row did to a history. */
  public enum Change {
    /** A higher version was known. */
    NONE,
    NUMBERS,
    /** The stock of the window is perhaps another now. */
    STOCK
  }

  /** Takes a row. */
  Change put(Row row) {
    int at = size;
    while (at > 0 && before(row, at - 1)) {
      at--;
    }
    boolean known =
        at > 0
            && starts[at - 1] == row.windowStart()
            && aggregators[at - 1].equals(row.aggregator());
    Stock before = null;
    if (known) {
      at--;
      before = PackedRow.stock(rows[at], starts[at]);
      if (PackedRow.version(rows[at]) > row.version()) {
        return Change.NONE;
      }
    } else {
      open(at);
    }
    starts[at] = row.windowStart();
    aggregators[at] = row.aggregator();
    categories[at] = row.category();
    rows[at] = PackedRow.pack(row);
    return Objects.equals(before, row.stock()) ? Change.NUMBERS : Change.STOCK;
  }

  private boolean before(Row row, int other) {
    int times = Long.compare(row.windowStart(), starts[other]);
    return times < 0 || (times == 0 && row.aggregator().compareTo(aggregators[other]) < 0);
  }

  private void open(int at) {
    if (size == starts.length) {
      int larger = size + Math.max(FEW, size / 2);
      starts = Arrays.copyOf(starts, larger);
      aggregators = Arrays.copyOf(aggregators, larger);
      categories = Arrays.copyOf(categories, larger);
      rows = Arrays.copyOf(rows, larger);
    }
    move(at, at + 1);
    size++;
  }

  private void move(int from, int to) {
    System.arraycopy(starts, from, starts, to, size - from);
    System.arraycopy(aggregators, from, aggregators, to, size - from);
    System.arraycopy(categories, from, categories, to, size - from);
    System.arraycopy(rows, from, rows, to, size - from);
  }

  /**
   * Forgets the rows of windows that begin before.
   *
   * @return how many they were
   */
  int forgetBefore(long start) {
    int old = 0;
    while (old < size && starts[old] < start) {
      old++;
    }
    if (old > 0) {
      move(old, 0);
      Arrays.fill(rows, size - old, size, null);
      size -= old;
    }
    return old;
  }

  /** The windows that begin within, joined over aggregators, oldest first. */
  List<Row> joined(String dimension, long from, long to) {
    List<Row> joined = new ArrayList<>();
    Row last = null;
    for (int i = 0; i < size; i++) {
      if (starts[i] < from || starts[i] >= to) {
        continue;
      }
      Row row = row(dimension, i);
      if (last != null && last.windowStart() == row.windowStart()) {
        last = last.join(row);
        joined.set(joined.size() - 1, last);
      } else {
        last = row;
        joined.add(row);
      }
    }
    return joined;
  }

  /** Tells the start of each row's window. */
  void eachStart(LongConsumer told) {
    for (int i = 0; i < size; i++) {
      told.accept(starts[i]);
    }
  }

  /** The newest stock over all windows, or null. */
  Stock stock() {
    Stock newest = null;
    for (int i = 0; i < size; i++) {
      newest = Stock.newer(newest, PackedRow.stock(rows[i], starts[i]));
    }
    return newest;
  }

  boolean has(long start) {
    return Arrays.binarySearch(starts, 0, size, start) >= 0;
  }

  private Row row(String dimension, int i) {
    return PackedRow.unpack(rows[i], dimension, key, starts[i], categories[i], aggregators[i]);
  }
}
