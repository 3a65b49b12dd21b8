package io.tillstream.operators.ingestion;

import io.tillstream.operators.ingestion.Ingested.ClockReading;
import io.tillstream.operators.ingestion.Ingested.EventReading;
import io.tillstream.operators.ingestion.SourceMessage.PartitionAssigned;
import io.tillstream.operators.ingestion.SourceMessage.RawRecord;
import io.tillstream.operators.report.CheckpointAge;
import io.tillstream.operators.report.Voices;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.operators.wire.Frontier;
import io.tillstream.routing.agent.AgentReporter;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.AgentVoice;
import io.tillstream.routing.agent.Latencies;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.agent.SlidingRate;
import io.tillstream.routing.event.Parsed;
import io.tillstream.routing.event.ShopEvent;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.clock.Clock;

/**
 * Ingestion, first part, chained to the source: parses records, sets the refused ones aside, and
 * sends the clocks of its partitions along in the stream.
 *
 * <p><b>When an event's bytes travel with it.</b> Late events are published whole, but whether one
 * is late is judged behind the exchange. So the bytes go along where they may be needed, by a bound
 * on the judge's watermark: the largest reading this subtask has ever sent. A judge moves its
 * watermark to the smallest reading over all subtasks, each taken in order with its events; so
 * whenever it judges an event of this subtask, every step its watermark ever took was at most some
 * reading of this subtask sent before that event, hence at most their largest. Before the first
 * reading of all subtasks the judge's watermark has not moved at all. Once this subtask has sat out
 * (a reading of plus infinity) others may have moved the watermark anywhere, and it may still be
 * there after this one is back: the bound then stays at infinity, and the bytes always go along
 * (costly, never wrong). A checkpoint holds each subtask's bound; the judges' watermarks in it are
 * at most the smallest of them, with which a restored subtask begins: that also ends an infinite
 * one.
 */
public final class ReadOperator extends AbstractStreamOperator<Ingested>
    implements OneInputStreamOperator<SourceMessage, Ingested>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  /** Where refused records go. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", CodecTypeInfo.of(DeadLetter.class, DeadLetterCodec.class));

  private static final String STAGE = "parse";
  private static final long TICK_MS = 100;
  private static final long REPEAT_MS = 1_000;
  private static final int SAMPLED = 64; // one record in so many has its age taken

  private final IngestionOptions options;
  private final RecordParser.Factory parsers;
  private final EndOffsets.Factory endOffsets;
  private final ReportChannel.Factory reports;
  private final LateRule lateRule;

  private transient RecordParser parser;
  private transient PartitionClocks clocks;
  private transient Clock clock;
  private transient EndOffsets ends;
  private transient AgentVoice voice;
  private transient AgentReporter reporter;
  private transient PartitionLag lag;
  private transient Latencies ages;
  private transient SlidingRate refusals;
  private transient CheckpointAge checkpointAge;
  private transient StreamRecord<Ingested> out;

  private transient Tally in;
  private transient Tally deadLettered;
  private transient ListState<PartitionMemory> clockState;
  private transient ListState<Long> boundState;

  private transient int subtask;
  private transient int subtasks;
  private transient long bound;
  private transient long lastReading;
  private transient long lastSentAt;
  private transient boolean ended;
  private transient int untilSample;
  private transient long inBefore;
  private transient long deadBefore;

  /**
   * The operator.
   *
   * @param options what may be set
   * @param parsers makes a parser for each subtask
   * @param endOffsets tells where partitions end
   * @param reports where reports go
   */
  public ReadOperator(
      IngestionOptions options,
      RecordParser.Factory parsers,
      EndOffsets.Factory endOffsets,
      ReportChannel.Factory reports) {
    this.options = options;
    this.parsers = parsers;
    this.endOffsets = endOffsets;
    this.reports = reports;
    this.lateRule = options.lateRule();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    clock = getProcessingTimeService().getClock();
    clocks =
        new PartitionClocks(
            options.outOfOrderness().toMillis(),
            options.idleTimeout().toMillis(),
            clock.relativeTimeMillis());
    OperatorStateStore store = context.getOperatorStateStore();
    in = Tally.restore(store, "in");
    deadLettered = Tally.restore(store, "dead-lettered");
    clockState =
        store.getUnionListState(
            new ListStateDescriptor<>(
                "partition-clocks", new CodecSerializer<>(PartitionMemoryCodec.class)));
    boundState =
        store.getUnionListState(
            new ListStateDescriptor<>("watermark-bounds", LongSerializer.INSTANCE));
    if (context.isRestored()) {
      clockState.get().forEach(clocks::remember);
      bound = Long.MAX_VALUE;
      for (long each : boundState.get()) {
        bound = Math.min(bound, each);
      }
    } else {
      bound = Long.MIN_VALUE;
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    out = new StreamRecord<>(null);
    parser = parsers.open(options.maxAhead());
    ends = endOffsets.open(clock::relativeTimeMillis);
    lastReading = Long.MIN_VALUE;
    lag = new PartitionLag(ends);
    ages = new Latencies(clock::relativeTimeNanos);
    refusals = SlidingRate.lately(clock::relativeTimeNanos);
    checkpointAge = new CheckpointAge(clock);
    inBefore = in.value();
    deadBefore = deadLettered.value();
    voice =
        Voices.of(
                "ingestion", "read", getRuntimeContext().getTaskInfo(), getProcessingTimeService())
            .counts(this::counts)
            .errorRate(refusals::rate)
            .health(lag)
            .health(ages)
            .health(checkpointAge);
    reporter = AgentReporter.start(reports, voice);
    // Never fires again once the task is stopping (stop-with-savepoint); nothing waits for it.
    getProcessingTimeService().scheduleWithFixedDelay(time -> tick(), TICK_MS, TICK_MS);
  }

  @Override
  public void processElement(StreamRecord<SourceMessage> element) {
    SourceMessage message = element.getValue();
    if (message instanceof RawRecord record) {
      read(record);
    } else if (message instanceof PartitionAssigned assigned) {
      clocks.assigned(
          new PartitionId(assigned.topic(), assigned.partition()),
          assigned.startingOffset(),
          assigned.stoppingOffset());
      ends.watch(clocks.partitions());
    }
  }

  private void read(RawRecord record) {
    Parsed parsed =
        parser.parse(record.value(), record.timestamp(), record.partition(), record.offset());
    in.increment();
    if (--untilSample < 0) {
      untilSample = SAMPLED - 1;
      sample(record.timestamp());
    }
    if (parsed instanceof Parsed.Accepted accepted) {
      ShopEvent event = accepted.event();
      clocks.event(record.topic(), record.partition(), record.offset(), event.eventTime());
      byte[] bytes = lateRule.isLate(event.eventTime(), bound) ? record.value() : null;
      output.collect(out.replace(new EventReading(Shards.of(event.id()), event, bytes)));
    } else if (parsed instanceof Parsed.Rejected rejected) {
      clocks.refused(record.topic(), record.partition(), record.offset());
      deadLettered.increment();
      output.collect(DEAD_LETTERS, new StreamRecord<>(deadLetter(record, rejected)));
    }
  }

  private Map<String, Long> counts() {
    long dead = deadLettered.value(); // read first, so that it is not more than were read
    return Map.of("in", Math.max(in.value(), dead), "dead_lettered", dead);
  }

  private void sample(long timestamp) {
    if (timestamp > 0) {
      ages.recordMillis(clock.absoluteTimeMillis() - timestamp);
    }
  }

  private static DeadLetter deadLetter(RawRecord record, Parsed.Rejected rejected) {
    return new DeadLetter(
        record.topic(),
        record.partition(),
        record.offset(),
        STAGE,
        rejected.errorClass(),
        rejected.error(),
        record.key(),
        record.value(),
        record.headers());
  }

  private void tick() {
    if (ended) {
      return;
    }
    long now = clock.relativeTimeMillis();
    Map<PartitionId, EndOffsets.Range> latest = ends.latest();
    lag.positions(clocks.positions());
    refusals.add(in.value() - inBefore, deadLettered.value() - deadBefore);
    inBefore = in.value();
    deadBefore = deadLettered.value();
    untilSample = 0; // where few records come, each tick takes the age of one
    long reading = clocks.reading(now, latest);
    if (reading != lastReading || now - lastSentAt >= REPEAT_MS) {
      send(reading, now);
    }
  }

  private void send(long reading, long now) {
    bound = Math.max(bound, reading);
    lastReading = reading;
    lastSentAt = now;
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      output.collect(out.replace(new ClockReading(shard, subtask, subtasks, reading)));
    }
  }

  @Override
  public void endInput() {
    // Nothing more comes from here; the others need not wait for it.
    send(Frontier.SITTING_OUT, clock.relativeTimeMillis());
    ended = true;
  }

  @Override
  public void finish() throws Exception {
    super.finish();
    ended = true;
    voice.state(AgentState.COMPLETED, null);
  }

  @Override
  public void processWatermark(Watermark mark) {
    // Time travels in the stream itself. Only the end of all time passes.
    if (mark.getTimestamp() == Long.MAX_VALUE) {
      output.emitWatermark(mark);
    }
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    // Idleness is judged by the partition clocks.
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    in.snapshot();
    deadLettered.snapshot();
    clockState.update(clocks.memory(clock.relativeTimeMillis()));
    boundState.update(List.of(bound));
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    checkpointAge.completed();
  }

  @Override
  public void close() throws Exception {
    if (reporter != null) {
      reporter.close();
    }
    if (ends != null) {
      ends.close();
    }
    super.close();
  }
}
