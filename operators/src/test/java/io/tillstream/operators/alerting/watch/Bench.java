package io.tillstream.operators.alerting.watch;

import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.alerting.AlertOptions;
import io.tillstream.operators.alerting.AlertPorts;
import io.tillstream.operators.alerting.Alerting;
import io.tillstream.operators.alerting.webhooks.Delivery;
import io.tillstream.operators.alerting.webhooks.WebhookOptions;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.routing.alert.Alert;
import io.tillstream.routing.alert.AlertCodec;
import io.tillstream.routing.alert.RuleBook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** One subtask of the watch in one attempt, on RocksDB, telling into a {@link Told}. */
final class Bench implements AutoCloseable {
  static final int KEY_GROUPS = 128;
  static final long NOW = 1_800_000_000_000L;
  static final long TICK = 100;

  final Told topic;
  final List<Alert> told = new ArrayList<>();
  final List<Delivery> sent = new ArrayList<>();
  final List<Long> watermarks = new ArrayList<>();
  final KeyedTwoInputStreamOperatorTestHarness<String, MetricRow, RuleBook, Alert> harness;
  private final WatchOperator operator;
  private final int parallelism;
  private final int subtask;
  private boolean reaches = true;

  /** How an attempt begins. */
  record Start(
      String rules,
      int heapKeys,
      int parallelism,
      int subtask,
      long submitted,
      long now,
      Map<Integer, Long> from) {
    Start(String rules) {
      this(rules, 1_000, 1, 0, NOW, NOW, Map.of(0, 0L, 1, 0L));
    }

    Start at(long time) {
      return new Start(rules, heapKeys, parallelism, subtask, submitted, time, from);
    }

    Start heap(int keys) {
      return new Start(rules, keys, parallelism, subtask, submitted, now, from);
    }

    Start as(int number, int of) {
      return new Start(rules, heapKeys, of, number, submitted, now, from);
    }

    Start submitted(long time) {
      return new Start(rules, heapKeys, parallelism, subtask, time, time, from);
    }

    Start from(Map<Integer, Long> offsets) {
      return new Start(rules, heapKeys, parallelism, subtask, submitted, now, offsets);
    }
  }

  Bench(Told topic, Start start, OperatorSubtaskState... restored) throws Exception {
    this.topic = topic;
    this.parallelism = start.parallelism();
    this.subtask = start.subtask();
    AlertOptions options =
        new AlertOptions(
            start.rules(),
            Duration.ofMinutes(2),
            start.heapKeys(),
            Duration.ofSeconds(30),
            WebhookOptions.of(false, "", Duration.ofSeconds(1), "shop-alerts"));
    AlertPorts ports = AlertPorts.of(start.submitted(), null).withTold(() -> topic, start.from());
    operator = new WatchOperator(options, ports);
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            operator, new Alerting.ByRow(), null, Types.STRING, KEY_GROUPS, parallelism, subtask);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend(false));
    harness.setProcessingTime(start.now());
    harness.setup(new CodecSerializer<>(AlertCodec.class));
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

  /** From now on what it tells reaches nobody: the process is about to die. */
  void loseOutput() {
    reaches = false;
  }

  /** Takes the rows that belong to this subtask. */
  Bench see(MetricRow... rows) throws Exception {
    for (MetricRow row : rows) {
      int owner =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              row.row().text(), KEY_GROUPS, parallelism);
      if (owner == subtask) {
        harness.processElement1(new StreamRecord<>(row));
      }
    }
    return flush();
  }

  Bench book(RuleBook book) throws Exception {
    harness.processElement2(new StreamRecord<>(book));
    return flush();
  }

  Bench pass(long millis) throws Exception {
    for (long end = harness.getProcessingTime() + millis; harness.getProcessingTime() < end; ) {
      harness.setProcessingTime(Math.min(end, harness.getProcessingTime() + TICK));
    }
    return flush();
  }

  OperatorSubtaskState checkpoint(long id) throws Exception {
    harness.prepareSnapshotPreBarrier(id);
    flush();
    return harness.snapshot(id, id);
  }

  private Bench flush() {
    for (Object element : harness.getOutput()) {
      if (element instanceof StreamRecord<?> record) {
        Alert alert = (Alert) record.getValue();
        told.add(alert);
        if (reaches) {
          topic.append(alert);
        }
      } else if (element instanceof Watermark mark) {
        watermarks.add(mark.getTimestamp());
      }
    }
    harness.getOutput().clear();
    Queue<StreamRecord<Delivery>> deliveries = harness.getSideOutput(WatchOperator.DELIVERIES);
    if (deliveries != null) {
      deliveries.forEach(record -> sent.add(record.getValue()));
      deliveries.clear();
    }
    return this;
  }

  WatchOperator operator() {
    return operator;
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
