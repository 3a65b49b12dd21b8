package io.tillstream.operators.ingestion;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.LongSerializer;

/**
 * A count that lives in checkpoints, so that a crash does not bend it. One thread counts, any may
 * read. On a rescale the parts of all subtasks are dealt out again; only their sum has a meaning.
 */
final class Tally {
  private final AtomicLong value = new AtomicLong();
  private final ListState<Long> parts;

  private Tally(ListState<Long> parts) {
    this.parts = parts;
  }

  /** The count {@code name} as the checkpoint has it, or 0. */
  static Tally restore(OperatorStateStore store, String name) throws Exception {
    Tally tally =
        new Tally(store.getListState(new ListStateDescriptor<>(name, LongSerializer.INSTANCE)));
    long sum = 0;
    for (long part : tally.parts.get()) {
      sum += part;
    }
    tally.value.set(sum);
    return tally;
  }

  void increment() {
    value.setOpaque(value.getPlain() + 1); // one writer: no atomic instruction needed
  }

  long value() {
    return value.getOpaque();
  }

  void snapshot() throws Exception {
    parts.update(List.of(value.getPlain()));
  }
}
