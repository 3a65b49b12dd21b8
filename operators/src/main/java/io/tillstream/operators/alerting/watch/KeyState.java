package io.tillstream.operators.alerting.watch;

import io.tillstream.operators.figures.RowKey;
import io.tillstream.routing.alert.KeyMemory;
import java.util.function.Consumer;

/** Where memories are kept beside the heap. */
interface KeyState {

  /** What is known of a key, or null. */
  KeyMemory read(RowKey key) throws Exception;

  /** Keeps what is known of a key. */
  void write(RowKey key, KeyMemory memory) throws Exception;

  /** Forgets a key. */
  void remove(RowKey key) throws Exception;

  /** Notes whether a key has matters that do not end by a row alone. */
  void mark(RowKey key, boolean open) throws Exception;

  /** Every key that is marked. */
  void forEachMarked(Consumer<RowKey> key) throws Exception;
}
