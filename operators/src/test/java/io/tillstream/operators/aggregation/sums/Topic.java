package io.tillstream.operators.aggregation.sums;

import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.aggregation.rows.MetricRowJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The output as a plain list in two partitions, and what a reader makes of it. */
final class Topic implements PublishedRows {
  private static final int PARTITIONS = 2;
  private final List<List<MetricRow>> partitions = new ArrayList<>();
  private Map<Integer, Long> ends;
  private volatile boolean broken;
  private volatile int reads;

  Topic() {
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new ArrayList<>());
    }
    poll();
  }

  synchronized void append(MetricRow row) {
    partitions.get(Math.floorMod(MetricRowJson.key(row).hashCode(), PARTITIONS)).add(row);
  }

  /** Refreshes what {@link #endOffsets} says. */
  synchronized void poll() {
    ends = present();
  }

  private Map<Integer, Long> present() {
    Map<Integer, Long> present = new TreeMap<>();
    for (int i = 0; i < PARTITIONS; i++) {
      present.put(i, (long) partitions.get(i).size());
    }
    return present;
  }

  void breakReads(boolean value) {
    broken = value;
  }

  int reads() {
    return reads;
  }

  synchronized int size() {
    return partitions.stream().mapToInt(List::size).sum();
  }

  /** All rows, partition by partition. */
  synchronized List<MetricRow> all() {
    List<MetricRow> all = new ArrayList<>();
    partitions.forEach(all::addAll);
    return all;
  }

  /** What a reader keeps: the highest version of each key, the later on a tie. */
  synchronized Map<String, MetricRow> seen() {
    Map<String, MetricRow> seen = new HashMap<>();
    for (List<MetricRow> partition : partitions) {
      for (MetricRow row : partition) {
        seen.merge(MetricRowJson.key(row), row, (a, b) -> b.version() >= a.version() ? b : a);
      }
    }
    return seen;
  }

  /** Whether the versions of every key rise with the offset. */
  synchronized boolean versionsRise() {
    Map<String, Long> last = new HashMap<>();
    for (List<MetricRow> partition : partitions) {
      for (MetricRow row : partition) {
        Long before = last.put(MetricRowJson.key(row), row.version());
        if (before != null && before >= row.version()) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public synchronized Map<Integer, Long> endOffsets() {
    return ends;
  }

  @Override
  public synchronized Map<Integer, Long> readSince(
      Map<Integer, Long> from, Consumer<PublishedRow> each) {
    reads++;
    if (broken) {
      throw new IllegalStateException("the broker is away");
    }
    for (int i = 0; i < PARTITIONS; i++) {
      List<MetricRow> partition = partitions.get(i);
      for (long at = from.getOrDefault(i, 0L); at < partition.size(); at++) {
        MetricRow row = partition.get((int) at);
        each.accept(
            new PublishedRow(
                row.row(), row.windowStart(), row.aggregator(), row.version(), row.writer()));
      }
    }
    return present();
  }

  @Override
  public void close() {}
}
