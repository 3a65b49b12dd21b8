package io.tillstream.operators.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Named totals that outlive a crash: one thread raises them, others read, a checkpoint holds them.
 * A later version may append names; it never moves one.
 */
public final class Counts {
  private final List<String> names;
  private final AtomicLongArray totals;

  /** All zero. */
  public Counts(String... names) {
    this.names = List.of(names);
    this.totals = new AtomicLongArray(names.length);
  }

  /** Raises the total at {@code index} by {@code by}. */
  public void raise(int index, long by) {
    totals.setRelease(index, totals.getPlain(index) + by);
  }

  /** The total at {@code index}. */
  public long get(int index) {
    return totals.getAcquire(index);
  }

  /** What a checkpoint keeps. */
  public long[] toArray() {
    long[] copy = new long[names.size()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = get(i);
    }
    return copy;
  }

  /** Adds what a checkpoint kept, of this subtask or of one that is no more. */
  public void restore(long[] kept) {
    for (int i = 0; i < Math.min(kept.length, names.size()); i++) {
      raise(i, kept[i]);
    }
  }

  /** By name, for a report. */
  public Map<String, Long> toMap() {
    Map<String, Long> map = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      map.put(names.get(i), get(i));
    }
    return map;
  }
}
