package io.tillstream.operators.aggregation.sums;

import io.tillstream.operators.figures.RowKey;
import it.unimi.dsi.fastutil.objects.Object2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.objects.ObjectOpenHashSet;

/** The rows of one window: those in the heap, and the names of those that wait in state. */
final class RowWindow {
  final long start;
  final long end;
  final Object2ObjectOpenHashMap<RowKey, Row> rows = new Object2ObjectOpenHashMap<>();
  final ObjectOpenHashSet<RowKey> waiting = new ObjectOpenHashSet<>();

  /** The watermark has passed its end. */
  boolean closed;

  RowWindow(long start, long end) {
    this.start = start;
    this.end = end;
  }
}
