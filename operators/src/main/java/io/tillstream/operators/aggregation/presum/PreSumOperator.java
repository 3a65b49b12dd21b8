package io.tillstream.operators.aggregation.presum;

import io.tillstream.operators.aggregation.AggregationOptions;
import io.tillstream.operators.aggregation.Pace;
import io.tillstream.operators.fault.FaultPort;
import io.tillstream.operators.fault.Faults;
import io.tillstream.operators.figures.Contribution;
import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.Enriched;
import io.tillstream.operators.figures.EnrichedCodec;
import io.tillstream.operators.figures.EnrichedEvent;
import io.tillstream.operators.figures.Owed;
import io.tillstream.operators.figures.OwedCodec;
import io.tillstream.operators.figures.RouteNotice;
import io.tillstream.operators.report.Voices;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.operators.wire.Counts;
import io.tillstream.operators.wire.Waiting;
import io.tillstream.routing.agent.AgentReporter;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.AgentVoice;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.route.RouteState;
import io.tillstream.routing.route.RouteTable;
import java.util.List;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
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
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * {@link PreSums} in a task. No sum is held when a barrier passes, so none is state: it flushes
 * before the barrier, at the end, on size and on time.
 *
 * <p>A watermark waits for the next flush and follows it: several come in the time of one flush,
 * and each would tear sums apart that belong together. To be late is no harm to a watermark.
 *
 * <p>It is the agent's boundary. What the route gives to another agent, and what the core does not
 * take in all its tries, leaves by {@link #FALLBACK}; what the backup's core does not take leaves
 * by {@link #REFUSED}. What fails beyond the core, a flush or the network, restarts the job.
 */
public final class PreSumOperator extends AbstractStreamOperator<Contribution>
    implements OneInputStreamOperator<Enriched, Contribution>,
        BoundedOneInput,
        PreSums.Receiver,
        Boundary.Agent {
  private static final long serialVersionUID = 1L;

  /** The lines counted without an answer. */
  public static final OutputTag<Owed> OWED =
      new OutputTag<>("owed", CodecTypeInfo.of(Owed.class, OwedCodec.class));

  /** Events for the backup, and what is known of the routes; nothing if this is the backup. */
  public static final OutputTag<Enriched> FALLBACK =
      new OutputTag<>("fallback", CodecTypeInfo.of(Enriched.class, EnrichedCodec.class));

  /** Events that nobody can take; nothing unless this is the backup. */
  public static final OutputTag<Refused> REFUSED =
      new OutputTag<>("refused", CodecTypeInfo.of(Refused.class, RefusedCodec.class));

  /** So few entries are flushed at every tick: low traffic is shown soonest. */
  private static final int FEW_ENTRIES = 1_000;

  private static final long LONGEST_INTERVAL = 500;
  private static final int RETRIED = 0;
  private static final int GIVEN_UP = 1;
  private static final int REROUTED = 2;

  private final AggregationOptions options;
  private final boolean backup;
  private final String part;
  private final ReportChannel.Factory reports; // null if nobody listens
  private final int maxEntries;
  private final long tickMillis;
  private final Pace pace;
  private final transient MailboxExecutor mailbox;
  private final transient StreamRecord<Contribution> contribution = new StreamRecord<>(null);
  private final transient StreamRecord<Owed> owed = new StreamRecord<>(null);
  private final transient StreamRecord<Enriched> fallback = new StreamRecord<>(null);
  private final transient RouteTable routes = new RouteTable();
  private transient PreSums sums;
  private transient Counts counts;
  private transient ListState<long[]> kept;
  private transient Waiting waiting;
  private transient Boundary boundary;
  private transient AgentVoice voice;
  private transient AgentReporter reporter;
  private transient Watermark held;
  private transient long oldest = Long.MAX_VALUE;
  private transient long flushedAt;
  private transient long tried; // since the boundary was told last
  private transient boolean takesAll = true;
  private transient RouteState route;
  private transient volatile long epoch;

  private PreSumOperator(
      StreamOperatorParameters<Contribution> parameters,
      AggregationOptions options,
      String part,
      ReportChannel.Factory reports) {
    super(parameters);
    this.options = options;
    this.backup = options.backup();
    this.part = part;
    this.reports = reports;
    this.maxEntries = options.preSumEntries();
    long interval = options.preSumInterval().toMillis();
    this.tickMillis = Math.max(1, interval / 2);
    this.pace = new Pace(interval, Math.max(interval, LONGEST_INTERVAL));
    this.mailbox = parameters.getMailboxExecutor();
  }

  // ---- life ----

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    counts =
        backup
            ? new Counts("retried", "dead_lettered")
            : new Counts("retried", "fell_back", "rerouted");
    kept =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("counts", LongPrimitiveArraySerializer.INSTANCE));
    for (long[] restored : kept.get()) {
      counts.restore(restored);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    long window = options.window().toMillis();
    FaultPort faults = Faults.find(getRuntimeContext().getUserCodeClassLoader());
    sums =
        faults == null
            ? new PreSums(window, backup)
            : new FaultyPreSums(window, backup, options.agent(), faults);
    waiting = new Waiting(mark -> held = mark);
    boundary = new Boundary(this, mailbox, waiting);
    voice =
        Voices.of(
                options.agent(),
                part,
                getRuntimeContext().getTaskInfo(),
                getProcessingTimeService())
            .counts(counts::toMap)
            .errorRate(boundary::errorRate)
            .epoch(() -> epoch)
            .health(out -> out.put("resting_events", boundary.resting()));
    reporter = AgentReporter.start(reports, voice);
    schedule();
  }

  private void schedule() {
    long at = getProcessingTimeService().getCurrentProcessingTime() + tickMillis;
    var unused = getProcessingTimeService().registerTimer(at, time -> tick());
  }

  private void tick() throws Exception {
    judge();
    long now = getProcessingTimeService().getCurrentProcessingTime();
    if (sums.entries() <= FEW_ENTRIES || now - flushedAt >= pace.interval(oldest, now)) {
      flush();
    }
    schedule();
  }

  // ---- what comes in ----

  @Override
  public void processElement(StreamRecord<Enriched> element) throws Exception {
    if (!(element.getValue() instanceof EnrichedEvent event)) {
      heed((RouteNotice) element.getValue());
      return;
    }
    if (!takesAll && !isOurs(event)) {
      counts.raise(REROUTED, 1);
      output.collect(FALLBACK, fallback.replace(event));
      return;
    }
    try {
      sums.add(event);
    } catch (RuntimeException e) {
      boundary.failed(event, e);
      judge();
      return;
    }
    tried++;
    taken(event);
  }

  private boolean isOurs(EnrichedEvent event) {
    return route.agentFor(event.event().id()).equals(options.agent());
  }

  private void heed(RouteNotice notice) {
    RouteState state = notice.state();
    if (!routes.apply(state)) {
      return;
    }
    epoch = Math.max(epoch, state.epoch());
    if (state.route().equals(RouteTable.AGGREGATION)) {
      boundary.policy(state.retry());
      route = state;
      // What comes to the backup was given to it.
      takesAll = backup || (!state.probing() && state.activeAgent().equals(options.agent()));
    }
    if (!backup) {
      output.collect(FALLBACK, fallback.replace(notice));
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    waiting.watermark(mark);
    passEnd();
  }

  private void passEnd() throws Exception {
    if (held != null && held.getTimestamp() == Long.MAX_VALUE) {
      flush(); // nothing comes after it, perhaps no tick either
    }
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    boundary.drain();
    flush();
    super.processWatermarkStatus(status);
  }

  // ---- the boundary ----

  @Override
  public void take(EnrichedEvent event) {
    sums.add(event);
  }

  @Override
  public void retried() {
    counts.raise(RETRIED, 1);
  }

  @Override
  public void taken(EnrichedEvent event) throws Exception {
    oldest = Math.min(oldest, event.event().recordTime());
    if (sums.entries() >= maxEntries) {
      flush();
    }
  }

  @Override
  public void giveUp(EnrichedEvent event, int attempts, String error) {
    counts.raise(GIVEN_UP, 1);
    if (backup) {
      output.collect(REFUSED, new StreamRecord<>(new Refused(event, attempts, error)));
    } else {
      output.collect(FALLBACK, fallback.replace(event));
    }
  }

  @Override
  public void turned() throws Exception {
    judge();
    passEnd();
  }

  private void judge() {
    if (tried > 0) {
      boundary.succeeded(tried);
      tried = 0;
    }
    boolean failing = boundary.isFailing();
    voice.state(
        failing ? AgentState.FAILED : AgentState.RUNNING, failing ? boundary.lastError() : null);
  }

  // ---- barriers and the end ----

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    boundary.drain();
    flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    kept.update(List.of(counts.toArray()));
  }

  @Override
  public void endInput() throws Exception {
    boundary.drain();
    flush();
  }

  @Override
  public void finish() throws Exception {
    super.finish();
    voice.state(AgentState.COMPLETED, null);
  }

  @Override
  public void close() throws Exception {
    if (boundary != null) {
      boundary.close();
    }
    if (reporter != null) {
      reporter.close();
    }
    super.close();
  }

  // ---- what goes out ----

  private void flush() throws Exception {
    sums.flush(this);
    oldest = Long.MAX_VALUE;
    flushedAt = getProcessingTimeService().getCurrentProcessingTime();
    if (held != null) {
      Watermark mark = held;
      held = null;
      super.processWatermark(mark);
    }
  }

  @Override
  public void delta(Delta delta) {
    output.collect(contribution.replace(delta));
  }

  @Override
  public void owed(Owed sum) {
    output.collect(OWED, owed.replace(sum));
  }

  /** Makes the operator on the machine where it runs. */
  public static final class Factory extends AbstractStreamOperatorFactory<Contribution>
      implements OneInputStreamOperatorFactory<Enriched, Contribution> {
    private static final long serialVersionUID = 1L;

    private final AggregationOptions options;
    private final String part;
    private final ReportChannel.Factory reports;

    /**
     * A factory of operators with these options.
     *
     * @param part the part's name in reports
     * @param reports where the agent reports, or null
     */
    public Factory(AggregationOptions options, String part, ReportChannel.Factory reports) {
      this.options = options;
      this.part = part;
      this.reports = reports;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface has it
    public <T extends StreamOperator<Contribution>> T createStreamOperator(
        StreamOperatorParameters<Contribution> parameters) {
      return (T) new PreSumOperator(parameters, options, part, reports);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
      return PreSumOperator.class;
    }
  }
}
