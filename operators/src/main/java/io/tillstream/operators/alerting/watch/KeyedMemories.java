package io.tillstream.operators.alerting.watch;

import io.tillstream.operators.figures.RowKey;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.routing.alert.KeyMemory;
import io.tillstream.routing.alert.KeyMemoryCodec;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.BooleanSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/**
 * Memories in Flink's keyed state, by the row's text. Marks are a state of their own, so that a
 * restore reads the few keys with open matters and not all.
 */
final class KeyedMemories implements KeyState {
  private static final String MEMORIES = "alert-memories";
  private static final String MATTERS = "alert-matters";

  private final KeyedStateBackend<String> backend;
  private final ValueState<KeyMemory> memories;
  private final ValueState<Boolean> matters;

  KeyedMemories(KeyedStateBackend<String> backend) throws Exception {
    this.backend = backend;
    this.memories =
        backend.getPartitionedState(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            new ValueStateDescriptor<>(MEMORIES, new CodecSerializer<>(KeyMemoryCodec.class)));
    this.matters =
        backend.getPartitionedState(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            new ValueStateDescriptor<>(MATTERS, BooleanSerializer.INSTANCE));
  }

  @Override
  public KeyMemory read(RowKey key) throws Exception {
    backend.setCurrentKey(key.text());
    return memories.value();
  }

  @Override
  public void write(RowKey key, KeyMemory memory) throws Exception {
    backend.setCurrentKey(key.text());
    memories.update(memory);
  }

  @Override
  public void remove(RowKey key) {
    backend.setCurrentKey(key.text());
    memories.clear();
  }

  @Override
  public void mark(RowKey key, boolean open) throws Exception {
    backend.setCurrentKey(key.text());
    if (open) {
      matters.update(true);
    } else {
      matters.clear();
    }
  }

  @Override
  public void forEachMarked(Consumer<RowKey> key) {
    List<String> marked;
    try (Stream<String> keys = backend.getKeys(MATTERS, VoidNamespace.INSTANCE)) {
      marked = keys.toList(); // read to its end before the backend is asked for anything else
    }
    marked.forEach(text -> key.accept(RowKey.ofText(text)));
  }
}
