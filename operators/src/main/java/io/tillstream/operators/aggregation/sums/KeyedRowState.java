package io.tillstream.operators.aggregation.sums;

import io.tillstream.operators.figures.RowKey;
import io.tillstream.operators.wire.CodecSerializer;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.internal.InternalValueState;

/**
 * Rows in Flink's keyed state: the row's text is the key, the window the namespace, so that one
 * scan over keys alone rebuilds the index.
 */
final class KeyedRowState implements RowState {
  static final String NAME = "aggregation-rows";

  private final KeyedStateBackend<String> backend;
  private final InternalValueState<String, Long, StoredRow> rows;

  @SuppressWarnings("unchecked") // every keyed backend's value state is one with namespaces
  KeyedRowState(KeyedStateBackend<String> backend) throws Exception {
    this.backend = backend;
    ValueState<StoredRow> state =
        backend.getOrCreateKeyedState(
            LongSerializer.INSTANCE,
            new ValueStateDescriptor<>(NAME, new CodecSerializer<>(StoredRowCodec.class)));
    this.rows = (InternalValueState<String, Long, StoredRow>) state;
  }

  @Override
  public StoredRow read(RowKey row, long windowStart) throws Exception {
    select(row, windowStart);
    return rows.value();
  }

  @Override
  public void write(RowKey row, long windowStart, StoredRow value) throws Exception {
    select(row, windowStart);
    rows.update(value);
  }

  @Override
  public void remove(RowKey row, long windowStart) {
    select(row, windowStart);
    rows.clear();
  }

  @Override
  public void forEach(BiConsumer<RowKey, Long> rowAndWindow) {
    try (Stream<Tuple2<String, Long>> all = backend.getKeysAndNamespaces(NAME)) {
      all.forEach(found -> rowAndWindow.accept(RowKey.ofText(found.f0), found.f1));
    }
  }

  private void select(RowKey row, long windowStart) {
    backend.setCurrentKey(row.text());
    rows.setCurrentNamespace(windowStart);
  }
}
