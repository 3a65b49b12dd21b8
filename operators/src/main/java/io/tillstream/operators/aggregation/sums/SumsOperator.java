package io.tillstream.operators.aggregation.sums;

import io.tillstream.operators.aggregation.AggregationOptions;
import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.figures.Contribution;
import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.OwedClock;
import io.tillstream.operators.report.CheckpointAge;
import io.tillstream.operators.report.Voices;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.routing.agent.AgentReporter;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.AgentVoice;
import io.tillstream.routing.agent.Latencies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.CheckpointableKeyedStateBackend;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.clock.Clock;

/**
 * {@link Sums} in a keyed task: state, timers, the look back at the own output, the report. Keyed
 * by {@link Contribution#target()}; it sets the key itself where it touches state.
 */
public final class SumsOperator extends AbstractStreamOperator<MetricRow>
    implements OneInputStreamOperator<Contribution, MetricRow>, BoundedOneInput, TrendSink.Host {
  private static final long serialVersionUID = 1L;
  private static final long TICK_MS = 50;
  private static final long NO_RECORD = -1;

  private final AggregationOptions options;
  private final SumsPorts ports;
  private final transient StreamRecord<MetricRow> record = new StreamRecord<>(null);

  private transient ListState<Memory> memoryState;
  private transient ListState<Ledger> ledgerState;
  private transient long writer;
  private transient Sums sums;
  private transient Lookback lookback;
  private transient TrendSink trends;
  private transient AgentVoice voice;
  private transient AgentReporter reporter;
  private transient Latencies ages;
  private transient CheckpointAge checkpointAge;
  private transient volatile SumsStatus status;
  private transient long oldestAge; // of what was published since the last tick
  private transient boolean restored;
  private transient List<Memory> memories;
  private transient boolean ended;

  private SumsOperator(
      StreamOperatorParameters<MetricRow> parameters, AggregationOptions options, SumsPorts ports) {
    super(parameters);
    this.options = options;
    this.ports = ports;
  }

  /** No key is set for each record: the sums in the heap need none. */
  @Override
  public boolean hasKeyContext1() {
    return false;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    memoryState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(
                    "aggregation-memory", new CodecSerializer<>(MemoryCodec.class)));
    ledgerState =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "aggregation-ledger", new CodecSerializer<>(LedgerCodec.class)));
    restored = context.isRestored();
    memories = new ArrayList<>();
    memoryState.get().forEach(memories::add);
    Ledger ledger = Ledger.ZERO;
    for (Ledger part : ledgerState.get()) {
      ledger = ledger.plus(part);
    }
    long clock = ports.initialVersion();
    long watermark = memories.isEmpty() ? Long.MIN_VALUE : Long.MAX_VALUE;
    for (Memory memory : memories) {
      clock = Math.max(clock, memory.clock());
      watermark = Math.min(watermark, memory.watermark());
    }
    if (watermark == Long.MAX_VALUE) {
      watermark = Long.MIN_VALUE; // drained: the end of that input is not the end of time
    }
    writer = UUID.randomUUID().getMostSignificantBits();
    sums =
        new Sums(
            options,
            new KeyedRowState(getKeyedStateBackend()),
            clock,
            watermark,
            ledger,
            writer,
            this::send);
    status = SumsStatus.NOTHING;
    oldestAge = NO_RECORD;
    if (ports.trends() != null) {
      trends = ports.trends().open(this);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    if (ports.published() != null) {
      openLookback();
    }
    Clock clock = getProcessingTimeService().getClock();
    ages = new Latencies(clock::relativeTimeNanos);
    checkpointAge = new CheckpointAge(clock);
    status = sums.status();
    voice =
        Voices.of(
                options.agent(),
                "sums",
                getRuntimeContext().getTaskInfo(),
                getProcessingTimeService())
            .counts(() -> status.counts())
            .health(out -> status.read(out))
            .health(ages)
            .health(checkpointAge);
    reporter = AgentReporter.start(ports.reports(), voice);
    tick();
  }

  private void send(MetricRow row) {
    if (row.oldestNewRecordAt() != MetricRow.NO_NEW_RECORD) {
      oldestAge = Math.max(oldestAge, row.emittedAt() - row.oldestNewRecordAt());
    }
    output.collect(record.replace(row));
  }

  private void openLookback() throws Exception {
    int maxParallelism = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
    lookback =
        new Lookback(
            ports.published().open(),
            options.aggregator(),
            writer,
            memories,
            row -> KeyGroupRangeAssignment.assignToKeyGroup(row.text(), maxParallelism),
            keyGroups().getStartKeyGroup(),
            keyGroups().getEndKeyGroup());
    Lookback.Look look =
        lookback.first(memories.isEmpty() ? ports.submitOffsets() : Lookback.oldest(memories));
    // A first start that finds nothing has no predecessor that could still write.
    boolean successor =
        restored
            || getRuntimeContext().getTaskInfo().getAttemptNumber() > 0
            || look.highestVersion() > 0;
    if (successor) {
      long horizon = options.zombieHorizon().toMillis();
      // Soon for what a failed task's producer still flushed; late for a process that hung.
      lookback.again(now() + horizon / 10, now() + horizon, now() + 3 * horizon);
      sums.keepAll(true, now());
    }
    supersede(look);
  }

  private void supersede(Lookback.Look look) throws Exception {
    sums.lift(look.highestVersion());
    for (Lookback.Orphan orphan : look.orphans()) {
      sums.supersede(orphan.row(), orphan.windowStart());
    }
  }

  private void tick() throws Exception {
    lookAgain();
    sums.tick(now());
    look();
    var unused = getProcessingTimeService().registerTimer(now() + TICK_MS, time -> tick());
  }

  private void look() {
    status = sums.status();
    if (oldestAge != NO_RECORD) {
      ages.recordMillis(oldestAge);
      oldestAge = NO_RECORD;
    }
  }

  private void lookAgain() throws Exception {
    if (lookback == null || lookback.settled() || ended) {
      return;
    }
    Lookback.Look look = lookback.poll(now());
    if (look != null) {
      supersede(look);
      sums.keepAll(!lookback.settled(), now());
    }
  }

  @Override
  public void processElement(StreamRecord<Contribution> element) throws Exception {
    if (element.getValue() instanceof Delta delta) {
      String category = sums.add(delta, now());
      if (trends != null && delta.trend() != null) {
        trends.add(delta.row().key(), category, delta.trend());
      }
    } else {
      sums.owed((OwedClock) element.getValue(), now());
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    sums.watermark(mark.getTimestamp(), now());
    if (trends != null) {
      trends.onWatermark(mark.getTimestamp());
    }
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    lookAgain();
    if (trends != null) {
      trends.beforeBarrier();
    }
    sums.beforeBarrier(now());
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    memoryState.update(
        List.of(
            new Memory(
                keyGroups().getStartKeyGroup(),
                keyGroups().getEndKeyGroup(),
                sums.clock(),
                writer,
                sums.watermark(),
                lookback == null ? Map.of() : lookback.offsets())));
    ledgerState.update(List.of(sums.ledger()));
  }

  @Override
  public void endInput() {
    sums.publish(now());
    ended = true;
    look();
  }

  @Override
  public void finish() throws Exception {
    super.finish();
    voice.state(AgentState.COMPLETED, null);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    checkpointAge.completed();
  }

  @Override
  public void close() throws Exception {
    try {
      if (reporter != null) {
        reporter.close();
      }
      if (lookback != null) {
        lookback.close();
      }
    } finally {
      super.close();
    }
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  @Override
  public KeyedStateBackend<String> keyedState() {
    return getKeyedStateBackend();
  }

  @Override
  public KeyGroupRange keyGroups() {
    return ((CheckpointableKeyedStateBackend<?>) getKeyedStateBackend()).getKeyGroupRange();
  }

  @Override
  public <T> void emit(OutputTag<T> tag, T value) {
    output.collect(tag, new StreamRecord<>(value));
  }

  /** How the sums are doing. */
  public SumsStatus status() {
    return sums.status();
  }

  /** Makes the operator on the machine where it runs. */
  public static final class Factory extends AbstractStreamOperatorFactory<MetricRow>
      implements OneInputStreamOperatorFactory<Contribution, MetricRow> {
    private static final long serialVersionUID = 1L;

    private final AggregationOptions options;
    private final SumsPorts ports;

    /** A factory of operators with these options and ports. */
    public Factory(AggregationOptions options, SumsPorts ports) {
      this.options = options;
      this.ports = ports;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface has it
    public <T extends StreamOperator<MetricRow>> T createStreamOperator(
        StreamOperatorParameters<MetricRow> parameters) {
      return (T) new SumsOperator(parameters, options, ports);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
      return SumsOperator.class;
    }
  }
}
