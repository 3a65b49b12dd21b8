package io.tillstream.operators.ingestion;

import io.tillstream.operators.figures.CartSignal;
import io.tillstream.operators.figures.CartSignalCodec;
import io.tillstream.operators.figures.RouteNotice;
import io.tillstream.operators.ingestion.Ingested.ClockReading;
import io.tillstream.operators.ingestion.Ingested.EventReading;
import io.tillstream.operators.report.CheckpointAge;
import io.tillstream.operators.report.Voices;
import io.tillstream.operators.router.RouteMemory;
import io.tillstream.operators.router.RouteTags;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.operators.wire.Frontier;
import io.tillstream.routing.agent.AgentReporter;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.AgentVoice;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.event.Routed;
import io.tillstream.routing.event.ShopEvent;
import io.tillstream.routing.route.Decision;
import io.tillstream.routing.route.RouteState;
import java.util.Map;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Ingestion, second part: throws out duplicates, sets late events aside, and sends the others down
 * the route. Input 1 is {@link Ingested} by shard, input 2 the decisions, broadcast.
 *
 * <p>The main output carries no record; it carries the watermark, as all outputs do: ordinary Flink
 * watermarks, made of the clocks in input 1. What input 2 says of time does not count, or a quiet
 * control topic would hold every window open.
 *
 * <p>What it knows of the routes goes down all of them as {@link RouteNotice}s: with each decision,
 * and before anything else after a restore.
 *
 * <p>State is touched only at barriers; in between, events are judged in memory.
 */
public final class DeduplicateAndRouteOperator extends AbstractStreamOperator<ShopEvent>
    implements TwoInputStreamOperator<Ingested, Decision, ShopEvent> {
  private static final long serialVersionUID = 1L;

  /** Late events, whole. */
  public static final OutputTag<LateEvent> LATE =
      new OutputTag<>("late-events", CodecTypeInfo.of(LateEvent.class, LateEventCodec.class));

  /** What accepted events do to carts. */
  public static final OutputTag<CartSignal> CARTS =
      new OutputTag<>("carts", CodecTypeInfo.of(CartSignal.class, CartSignalCodec.class));

  private final IngestionOptions options;
  private final RecordParser.Factory parsers;
  private final ReportChannel.Factory reports;
  private final LateRule lateRule;

  private transient RecordParser parser;
  private transient DedupMemory memory;
  private transient RouteMemory routes;
  private transient Frontier frontier;
  private transient Tally duplicate;
  private transient Tally late;
  private transient Tally accepted;
  private transient Tally bypassed;
  private transient DedupHealth health;
  private transient CheckpointAge checkpointAge;
  private transient AgentVoice voice;
  private transient AgentReporter reporter;
  private transient StreamRecord<Routed> out;
  private transient boolean untold;

  private transient long watermark;
  private transient long emitted;

  /**
   * The operator.
   *
   * @param options what may be set
   * @param parsers tells the event id of late events
   * @param reports where reports go
   */
  public DeduplicateAndRouteOperator(
      IngestionOptions options, RecordParser.Factory parsers, ReportChannel.Factory reports) {
    this.options = options;
    this.parsers = parsers;
    this.reports = reports;
    this.lateRule = options.lateRule();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    int groups = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
    if (groups != Shards.COUNT) {
      throw new IllegalStateException(
          "the maximum parallelism must be " + Shards.COUNT + ", was " + groups);
    }
    OperatorStateStore store = context.getOperatorStateStore();
    duplicate = Tally.restore(store, "duplicate");
    late = Tally.restore(store, "late");
    accepted = Tally.restore(store, "accepted");
    bypassed = Tally.restore(store, "bypassed");
    routes = RouteMemory.restore(store);
    memory =
        DedupMemory.restore(
            context,
            this.<String>getKeyedStateBackend(),
            options.dedupWindow().toMillis(),
            lateRule);
    // Told with the first element: in open() they could cut into what a checkpoint restores to the
    // network behind.
    untold = true;
    watermark = memory.restoredWatermark();
    emitted = Long.MIN_VALUE;
  }

  @Override
  public void open() throws Exception {
    super.open();
    parser = parsers.open(options.maxAhead());
    frontier = new Frontier();
    out = new StreamRecord<>(null);
    health = new DedupHealth();
    health.memory(memory.size(), memory.bytes(), watermark);
    checkpointAge = new CheckpointAge(getProcessingTimeService().getClock());
    voice =
        Voices.of(
                "ingestion",
                "deduplicate",
                getRuntimeContext().getTaskInfo(),
                getProcessingTimeService())
            .counts(this::counts)
            .epoch(routes::epoch)
            .health(health)
            .health(checkpointAge);
    reporter = AgentReporter.start(reports, voice);
  }

  private Map<String, Long> counts() {
    return Map.of(
        "duplicate", duplicate.value(),
        "late", late.value(),
        "accepted", accepted.value(),
        "bypassed", bypassed.value());
  }

  /** Nothing: keyed state is touched only at barriers, so no key is set for each event. */
  @Override
  public void setKeyContextElement1(StreamRecord record) {}

  /** Nothing: decisions have no key. */
  @Override
  public void setKeyContextElement2(StreamRecord record) {}

  @Override
  public void processElement1(StreamRecord<Ingested> element) {
    if (untold) {
      tellRoutes();
    }
    Ingested value = element.getValue();
    if (value instanceof EventReading reading) {
      judge(reading);
    } else if (value instanceof ClockReading reading) {
      listen(reading);
    }
  }

  // The order of judgement: duplicate, late, accepted. A late one has left its trace by then.
  private void judge(EventReading reading) {
    ShopEvent event = reading.event();
    DedupShard shard = memory.shard(reading.shard());
    if (shard.seen(event.id(), event.eventTime())) {
      duplicate.increment();
    } else if (lateRule.isLate(event.eventTime(), shard.watermark())) {
      setAside(reading, shard);
    } else {
      accepted.increment();
      OutputTag<Routed> way = routes.wayOf(event.id());
      if (way == RouteTags.BYPASS) {
        bypassed.increment();
      }
      output.collect(way, out.replace(event));
      if (event.session() != null) {
        output.collect(
            CARTS,
            new StreamRecord<>(
                new CartSignal(
                    event.session(), event.type(), event.eventTime(), event.recordTime())));
      }
    }
  }

  private void setAside(EventReading reading, DedupShard shard) {
    byte[] bytes = reading.bytes();
    if (bytes == null) {
      throw new IllegalStateException(
          "a late event came without its bytes: event time "
              + reading.event().eventTime()
              + ", watermark "
              + shard.watermark());
    }
    late.increment();
    output.collect(LATE, new StreamRecord<>(new LateEvent(parser.eventId(bytes), bytes)));
  }

  private void listen(ClockReading reading) {
    frontier.read(reading.source(), reading.sources(), reading.watermark());
    long value = frontier.value();
    if (value != Frontier.SITTING_OUT && value > PartitionClocks.HOLDING && value > watermark) {
      watermark = value;
      memory.advance(watermark);
      health.memory(memory.size(), memory.bytes(), watermark);
    }
    // Compared with what was emitted: after a restore, those downstream begin without a time.
    if (watermark > emitted) {
      emitted = watermark;
      output.emitWatermark(new Watermark(watermark));
    }
  }

  @Override
  public void processElement2(StreamRecord<Decision> element) {
    Decision decision = element.getValue();
    boolean applied = routes.decide(decision);
    if (untold) {
      tellRoutes();
    } else if (applied) {
      tell(decision.state());
    }
  }

  private void tellRoutes() {
    untold = false;
    routes.known().forEach(this::tell);
  }

  private void tell(RouteState state) {
    StreamRecord<Routed> notice = new StreamRecord<>(new RouteNotice(state));
    output.collect(RouteTags.ENRICHED, notice);
    output.collect(RouteTags.BYPASS, notice);
  }

  @Override
  public void processWatermark1(Watermark mark) {
    // The end of all time; not kept, so that a job resumed after it can still judge.
    if (mark.getTimestamp() == Long.MAX_VALUE && emitted != Long.MAX_VALUE) {
      if (untold) {
        tellRoutes();
      }
      emitted = Long.MAX_VALUE;
      output.emitWatermark(mark);
    }
  }

  @Override
  public void processWatermark2(Watermark mark) {
    // Decisions have no time.
  }

  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int index) {
    // Idleness is in the clocks; downstream never hears of it.
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    memory.snapshot();
    routes.snapshot();
    duplicate.snapshot();
    late.snapshot();
    accepted.snapshot();
    bypassed.snapshot();
    health.memory(memory.size(), memory.bytes(), watermark);
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
    if (reporter != null) {
      reporter.close();
    }
    super.close();
  }
}
