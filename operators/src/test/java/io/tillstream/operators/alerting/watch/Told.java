package io.tillstream.operators.alerting.watch;

import io.tillstream.routing.alert.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The alerts' topic as a plain list in two partitions. */
final class Told implements ToldAlerts {
  private static final int PARTITIONS = 2;
  private final List<List<Alert>> partitions = List.of(new ArrayList<>(), new ArrayList<>());
  private volatile int reads;
  private volatile boolean broken;

  synchronized void append(Alert alert) {
    partitions.get(Math.floorMod(alert.alertId().hashCode(), PARTITIONS)).add(alert);
  }

  synchronized List<Alert> all() {
    List<Alert> all = new ArrayList<>();
    partitions.forEach(all::addAll);
    return all;
  }

  int reads() {
    return reads;
  }

  void breakReads(boolean value) {
    broken = value;
  }

  @Override
  public synchronized Map<Integer, Long> endOffsets() {
    Map<Integer, Long> ends = new TreeMap<>();
    for (int i = 0; i < PARTITIONS; i++) {
      ends.put(i, (long) partitions.get(i).size());
    }
    return ends;
  }

  @Override
  public synchronized Map<Integer, Long> readSince(Map<Integer, Long> from, Consumer<Alert> each) {
    reads++;
    if (broken) {
      throw new IllegalStateException("the broker is away");
    }
    for (int i = 0; i < PARTITIONS; i++) {
      List<Alert> partition = partitions.get(i);
      for (long at = from.getOrDefault(i, 0L); at < partition.size(); at++) {
        each.accept(partition.get((int) at).withWebhook(null)); // its JSON has none
      }
    }
    return endOffsets();
  }

  @Override
  public void close() {}
}
