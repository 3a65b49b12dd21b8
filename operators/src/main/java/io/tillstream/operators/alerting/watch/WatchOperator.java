package io.tillstream.operators.alerting.watch;

import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.alerting.AlertOptions;
import io.tillstream.operators.alerting.AlertPorts;
import io.tillstream.operators.alerting.webhooks.Delivery;
import io.tillstream.operators.alerting.webhooks.DeliveryCodec;
import io.tillstream.operators.figures.Dimension;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.operators.report.CheckpointAge;
import io.tillstream.operators.report.Voices;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.operators.wire.Counts;
import io.tillstream.routing.agent.AgentReporter;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.AgentVoice;
import io.tillstream.routing.agent.Latencies;
import io.tillstream.routing.alert.Alert;
import io.tillstream.routing.alert.AlertCodec;
import io.tillstream.routing.alert.AlertJson;
import io.tillstream.routing.alert.RuleBook;
import io.tillstream.routing.alert.Status;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.runtime.state.CheckpointableKeyedStateBackend;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * {@link Watch} in a keyed task. Input 1 is rows by {@link RowKey#text()}, input 2 the book of
 * rules, broadcast. The main output is what is to be published; what is to be sent leaves by {@link
 * #DELIVERIES}, there also what a lost attempt had published already.
 *
 * <p>Alerts have no event time and neither input's watermark moves anything here: what lasts, lasts
 * by the clock.
 */
public final class WatchOperator extends AbstractStreamOperator<Alert>
    implements TwoInputStreamOperator<MetricRow, RuleBook, Alert> {
  private static final long serialVersionUID = 1L;

  /** The type of alerts. */
  public static final TypeInformation<Alert> ALERTS =
      CodecTypeInfo.of(Alert.class, AlertCodec.class);

  /** Words that go to a webhook. */
  public static final OutputTag<Delivery> DELIVERIES =
      new OutputTag<>("alert-deliveries", CodecTypeInfo.of(Delivery.class, DeliveryCodec.class));

  private static final long TICK_MS = 100;
  private static final int SAMPLED = 16; // one row in so many tells how long it took
  private static final long MILLIS_PER_SECOND = 1_000;
  private static final int RAISED = 0;
  private static final int SHADOW = 1;

  private final AlertOptions options;
  private final AlertPorts ports;

  private transient ListState<WatchMemory> memories;
  private transient ListState<long[]> keptCounts;
  private transient Counts counts;
  private transient Map<Integer, Long> lookFrom; // null if nothing was restored
  private transient KeyStore store;
  private transient Watch watch;
  private transient ToldLook look;
  private transient ArrayDeque<Alert> repeats;
  private transient WatchVitals vitals;
  private transient Latencies latencies;
  private transient CheckpointAge checkpointAge;
  private transient AgentVoice voice;
  private transient AgentReporter reporter;
  private transient RuleBook restoredBook;
  private transient long numbersAbove;
  private transient long rows;

  /** The operator. */
  public WatchOperator(AlertOptions options, AlertPorts ports) {
    this.options = options;
    this.ports = ports;
  }

  /** Nothing: memories in the heap need no key; it is set where state is touched. */
  @Override
  public void setKeyContextElement1(StreamRecord record) {}

  /** Nothing: a book has no key. */
  @Override
  public void setKeyContextElement2(StreamRecord record) {}

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    OperatorStateStore operatorState = context.getOperatorStateStore();
    memories =
        operatorState.getUnionListState(
            new ListStateDescriptor<>(
                "alert-watch", new CodecSerializer<>(WatchMemoryCodec.class)));
    keptCounts =
        operatorState.getListState(
            new ListStateDescriptor<>("counts", LongPrimitiveArraySerializer.INSTANCE));
    counts = new Counts("alerts_raised", "alerts_shadow");
    for (long[] kept : keptCounts.get()) {
      counts.restore(kept);
    }
    restoredBook = options.firstBook();
    numbersAbove = ports.submitted() / MILLIS_PER_SECOND;
    for (WatchMemory memory : memories.get()) {
      // They differ only where a book was on its way: then the newest one is right.
      if (memory.book().version() >= restoredBook.version() || lookFrom == null) {
        restoredBook = memory.book();
      }
      lookFrom = older(lookFrom, memory.offsets());
      numbersAbove = memory.numbersAbove(); // alike everywhere
    }
    store =
        new KeyStore(new KeyedMemories(this.<String>getKeyedStateBackend()), options.heapKeys());
    store.restore();
    repeats = new ArrayDeque<>();
  }

  private static Map<Integer, Long> older(Map<Integer, Long> one, Map<Integer, Long> other) {
    if (one == null) {
      return other;
    }
    Map<Integer, Long> oldest = new HashMap<>(one);
    // A partition that some subtask had not seen yet is read whole.
    oldest.keySet().retainAll(other.keySet());
    oldest.replaceAll((partition, offset) -> Math.min(offset, other.get(partition)));
    return oldest;
  }

  @Override
  public void open() throws Exception {
    super.open();
    watch = new Watch(store, restoredBook, now(), numbersAbove, new Outlet());
    if (ports.told() != null) {
      openLook();
    }
    var clock = getProcessingTimeService().getClock();
    latencies = new Latencies(clock::relativeTimeNanos);
    checkpointAge = new CheckpointAge(clock);
    vitals = new WatchVitals();
    vitals.show(store);
    voice =
        Voices.of("alert", "watch", getRuntimeContext().getTaskInfo(), getProcessingTimeService())
            .counts(counts::toMap)
            .health(
                out -> {
                  out.put("alerts_raised", counts.get(RAISED));
                  out.put("alerts_shadow", counts.get(SHADOW));
                })
            .health(vitals)
            .health(latencies)
            .health(checkpointAge);
    reporter = AgentReporter.start(ports.reports(), voice);
    // Not from here: nothing may be sent before the task runs.
    var unused = getProcessingTimeService().scheduleWithFixedDelay(time -> tick(), 0, TICK_MS);
  }

  private void openLook() throws Exception {
    int groups = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
    KeyGroupRange range =
        ((CheckpointableKeyedStateBackend<?>) getKeyedStateBackend()).getKeyGroupRange();
    look =
        new ToldLook(
            ports.told().open(),
            alert -> {
              Dimension dimension = Dimension.ofText(alert.dimension());
              return dimension != null
                  && range.contains(
                      KeyGroupRangeAssignment.assignToKeyGroup(
                          new RowKey(dimension, alert.key()).text(), groups));
            });
    List<Alert> told = look.first(lookFrom == null ? ports.submitOffsets() : lookFrom);
    boolean successor =
        lookFrom != null
            || getRuntimeContext().getTaskInfo().getAttemptNumber() > 0
            || !told.isEmpty();
    if (successor) {
      look.again(now() + options.zombieHorizon().toMillis());
    }
    watch.adopt(told, now());
  }

  private void tick() throws Exception {
    repeat();
    lookAgain();
    watch.tick(now());
    vitals.show(store);
  }

  private void lookAgain() throws Exception {
    if (look != null && !look.settled()) {
      watch.adopt(look.poll(now()), now());
      repeat();
    }
  }

  // What was found while nothing could be sent.
  private void repeat() {
    while (!repeats.isEmpty()) {
      deliver(repeats.poll());
    }
  }

  @Override
  public void processElement1(StreamRecord<MetricRow> element) throws Exception {
    repeat();
    MetricRow row = element.getValue();
    long now = now();
    watch.see(row, now);
    if (++rows % SAMPLED == 0) {
      latencies.recordMillis(Math.max(0, now - row.emittedAt()));
    }
  }

  @Override
  public void processElement2(StreamRecord<RuleBook> element) throws Exception {
    repeat();
    watch.change(element.getValue(), now());
  }

  private void deliver(Alert alert) {
    if (alert.webhook() != null && !alert.shadow()) {
      output.collect(
          DELIVERIES,
          new StreamRecord<>(
              new Delivery(
                  alert.webhookId(),
                  alert.webhook(),
                  AlertJson.write(alert),
                  alert.alertId(),
                  false)));
    }
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  @Override
  public void processWatermark1(Watermark mark) {
    // Rows' time is over: nothing comes behind.
    if (mark.getTimestamp() == Long.MAX_VALUE) {
      output.emitWatermark(mark);
    }
  }

  @Override
  public void processWatermark2(Watermark mark) {
    // A book has no time.
  }

  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int index) {
    // Nor is it ever idle.
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    repeat(); // they are in no state
    watch.beforeBarrier();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    memories.update(
        List.of(
            new WatchMemory(watch.book(), numbersAbove, look == null ? Map.of() : look.offsets())));
    keptCounts.update(List.of(counts.toArray()));
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    checkpointAge.completed();
  }

  @Override
  public void finish() throws Exception {
    super.finish();
    voice.state(AgentState.COMPLETED, null);
  }

  @Override
  public void close() throws Exception {
    try {
      if (reporter != null) {
        reporter.close();
      }
      if (look != null) {
        look.close();
      }
    } finally {
      super.close();
    }
  }

  /** The rules it judges by. */
  RuleBook book() {
    return watch.book();
  }

  /** What is in the heap, for tests. */
  int keysInHeap() {
    return store.inHeap();
  }

  private final class Outlet implements Watch.Exit {
    private final StreamRecord<Alert> record = new StreamRecord<>(null);

    @Override
    public void tell(Alert alert) {
      output.collect(record.replace(alert));
      deliver(alert);
      if (alert.status() == Status.RAISED) {
        counts.raise(alert.shadow() ? SHADOW : RAISED, 1);
      }
    }

    @Override
    public void repeat(Alert alert) {
      repeats.add(alert);
      if (alert.status() == Status.RAISED) {
        counts.raise(alert.shadow() ? SHADOW : RAISED, 1);
      }
    }
  }
}
