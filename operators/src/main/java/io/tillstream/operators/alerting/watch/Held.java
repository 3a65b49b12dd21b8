package io.tillstream.operators.alerting.watch;

import io.tillstream.operators.figures.RowKey;
import io.tillstream.routing.alert.KeyMemory;

/** A key's memory in the heap. */
final class Held {
  final RowKey key;
  KeyMemory memory;

  /** Whether state has a memory of this key. */
  boolean stored;

  /** Whether state has another memory than this one. */
  boolean dirty;

  /** In which round it was last asked for. */
  long round;

  Held(RowKey key, KeyMemory memory, boolean stored) {
    this.key = key;
    this.memory = memory;
    this.stored = stored;
  }
}
