package io.tillstream.operators.aggregation.sums;

import io.tillstream.operators.aggregation.Aggregation;
import io.tillstream.operators.aggregation.AggregationOptions;
import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.aggregation.rows.MetricRowCodec;
import io.tillstream.operators.figures.Contribution;
import io.tillstream.operators.wire.CodecSerializer;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** One subtask of the sums in one attempt, on RocksDB, publishing into a {@link Topic}. */
final class Attempt implements AutoCloseable {
  static final int KEY_GROUPS = 128;

  final Topic topic;
  final KeyedOneInputStreamOperatorTestHarness<String, Contribution, MetricRow> harness;
  private final int subtask;
  private final int parallelism;

  Attempt(
      Topic topic,
      AggregationOptions options,
      SumsPorts ports,
      int parallelism,
      int subtask,
      long now,
      OperatorSubtaskState... restored)
      throws Exception {
    this.topic = topic;
    this.subtask = subtask;
    this.parallelism = parallelism;
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new SumsOperator.Factory(options, ports),
            new Aggregation.ByTarget(),
            Types.STRING,
            KEY_GROUPS,
            parallelism,
            subtask);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend(false));
    harness.setProcessingTime(now);
    harness.setup(new CodecSerializer<>(MetricRowCodec.class));
    if (restored.length > 0) {
      OperatorSubtaskState all = AbstractStreamOperatorTestHarness.repackageState(restored);
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              all, KEY_GROUPS, restored.length, parallelism, subtask));
    } else {
      harness.initializeEmptyState();
    }
    harness.open();
  }

  boolean owns(Contribution contribution) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
            contribution.target(), KEY_GROUPS, parallelism)
        == subtask;
  }

  /** Takes it if it belongs to this subtask. */
  Attempt send(Contribution... contributions) throws Exception {
    for (Contribution contribution : contributions) {
      if (owns(contribution)) {
        harness.processElement(new StreamRecord<>(contribution));
      }
    }
    return flush();
  }

  Attempt watermark(long mark) throws Exception {
    harness.processWatermark(mark);
    return flush();
  }

  /** Lets processing time pass. */
  Attempt pass(long millis) throws Exception {
    harness.setProcessingTime(harness.getProcessingTime() + millis);
    return flush();
  }

  OperatorSubtaskState checkpoint(long id) throws Exception {
    harness.prepareSnapshotPreBarrier(id);
    flush();
    return harness.snapshot(id, id);
  }

  /** What was emitted goes to the topic. */
  private Attempt flush() {
    harness.extractOutputValues().forEach(topic::append);
    harness.getOutput().clear();
    return this;
  }

  SumsStatus status() {
    return ((SumsOperator) harness.getOperator()).status();
  }

  long rowsInState() {
    try (Stream<Tuple2<String, Long>> all =
        harness
            .getOperator()
            .<String>getKeyedStateBackend()
            .getKeysAndNamespaces(KeyedRowState.NAME)) {
      return all.count();
    }
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
