package io.tillstream.operators.enrichment;

import io.tillstream.operators.enrichment.lookup.Answer;
import io.tillstream.operators.enrichment.lookup.LookupService;
import io.tillstream.operators.enrichment.lookup.LookupStats;
import io.tillstream.operators.enrichment.lookup.Lookups;
import io.tillstream.operators.figures.Enriched;
import io.tillstream.operators.figures.EnrichedEvent;
import io.tillstream.operators.figures.RouteNotice;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.operators.report.Gauges;
import io.tillstream.operators.wire.Counts;
import io.tillstream.operators.wire.Waiting;
import io.tillstream.routing.agent.AgentReporter;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.AgentVoice;
import io.tillstream.routing.agent.HealthIndicator;
import io.tillstream.routing.agent.Latencies;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.event.EventLine;
import io.tillstream.routing.event.Routed;
import io.tillstream.routing.event.ShopEvent;
import io.tillstream.routing.route.RouteTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.clock.Clock;

/**
 * Gives events their categories and segments. What the cache holds leaves at once; what it does not
 * waits for its answers, which come back through the mailbox, and every wait has an end. So all in
 * flight is drained before a barrier and nothing of it is state.
 */
public final class EnrichOperator extends AbstractStreamOperator<Enriched>
    implements OneInputStreamOperator<Routed, Enriched>, BoundedOneInput {
  private static final long serialVersionUID = 1L;
  private static final int ENRICHED = 0;
  private static final int DEGRADED = 1;
  private static final int LOOKUPS = 2;
  private static final int FAILURES = 3;
  private static final long NO_TIMESTAMP = Long.MIN_VALUE;

  private final EnrichmentOptions options;
  private final Lookups.Factory connections;
  private final ReportChannel.Factory reports; // null if nobody listens
  private final transient MailboxExecutor mailbox;

  private final transient Counts counts = new Counts("enriched", "degraded", "lookups", "failures");
  private final transient StreamRecord<Enriched> out = new StreamRecord<>(null);
  private final transient RouteTable routes = new RouteTable();
  private transient Waiting waiting;
  private transient LookupService service;
  private transient AgentVoice voice;
  private transient AgentReporter reporter;
  private transient Clock clock;
  private transient Latencies waits;
  private transient ListState<long[]> kept;
  private transient volatile int inFlight;
  private transient volatile long epoch;

  EnrichOperator(
      StreamOperatorParameters<Enriched> parameters,
      EnrichmentOptions options,
      Lookups.Factory connections,
      ReportChannel.Factory reports) {
    super(parameters);
    this.options = options;
    this.connections = connections;
    this.reports = reports;
    this.mailbox = parameters.getMailboxExecutor();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
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
    waiting = new Waiting(output::emitWatermark);
    service =
        new LookupService(
            options.lookup(),
            connections,
            mail -> mailbox.execute(mail::run, "answers to look-ups"));
    clock = getProcessingTimeService().getClock();
    waits = new Latencies(clock::relativeTimeNanos);
    HealthIndicator queue = out -> out.put("in_flight_events", inFlight);
    Gauges.of(getMetricGroup(), queue);
    voice =
        LookupVoices.of(
                "lookup",
                getRuntimeContext(),
                getProcessingTimeService(),
                getMetricGroup(),
                service)
            .epoch(() -> epoch)
            .counts(this::totals)
            .health(queue)
            .health(waits);
    reporter = AgentReporter.start(reports, voice);
    service.onChange(reporter::report);
  }

  @Override
  public void processElement(StreamRecord<Routed> record) throws Exception {
    if (!(record.getValue() instanceof ShopEvent event)) {
      heed((RouteNotice) record.getValue());
      return;
    }
    if (!BypassFunction.needsCategories(event)) {
      counts.raise(ENRICHED, 1);
      emit(new EnrichedEvent(event, BypassFunction.nothing(event), null), timestamp(record));
      return;
    }
    EnrichedEvent hit = fromCache(event);
    if (hit != null) {
      counts.raise(ENRICHED, 1);
      emit(hit, timestamp(record));
    } else {
      ask(event, timestamp(record));
    }
  }

  // Goes on at once, past events that wait: each of those still goes where its state led it.
  private void heed(RouteNotice notice) {
    if (routes.apply(notice.state())) {
      epoch = Math.max(epoch, notice.state().epoch());
      if (notice.state().route().equals(RouteTable.ENRICHMENT)) {
        service.retry(notice.state().retry());
      }
    }
    output.collect(new StreamRecord<>(notice));
  }

  /** The whole event from the cache, or null. This is nearly every event: keep it short. */
  private EnrichedEvent fromCache(ShopEvent event) {
    String segment = null;
    if (event.type().isSale()) {
      segment = RowKey.UNKNOWN;
      if (event.userId() != null) {
        Answer answer = service.segment(event.userId());
        if (answer == null) {
          return null;
        }
        segment = answer.value();
      }
    }
    List<EventLine> lines = event.lines();
    if (lines.size() == 1) {
      Answer answer = service.category(lines.get(0).itemId());
      return answer == null ? null : new EnrichedEvent(event, answer.asList(), segment);
    }
    String[] categories = new String[lines.size()];
    for (int i = 0; i < categories.length; i++) {
      Answer answer = service.category(lines.get(i).itemId());
      if (answer == null) {
        return null;
      }
      categories[i] = answer.value();
    }
    return new EnrichedEvent(event, Arrays.asList(categories), segment);
  }

  private void ask(ShopEvent event, long timestamp) throws InterruptedException {
    while (waiting.records() >= options.maxInFlight()) {
      mailbox.yield();
    }
    Pending pending = new Pending(event, timestamp, clock.relativeTimeNanos(), this::complete);
    if (pending.ask(service)) {
      pending.waitIn(waiting.enter());
      inFlight = waiting.records();
    } else {
      complete(pending);
    }
  }

  private void complete(Pending pending) {
    counts.raise(pending.degraded() ? DEGRADED : ENRICHED, 1);
    emit(pending.result(), pending.timestamp);
    if (pending.stretch() != null) {
      waits.recordNanos(clock.relativeTimeNanos() - pending.askedAt);
      waiting.leave(pending.stretch());
      inFlight = waiting.records();
    }
  }

  private void emit(EnrichedEvent event, long timestamp) {
    if (timestamp == NO_TIMESTAMP) {
      out.replace(event);
      out.eraseTimestamp();
    } else {
      out.replace(event, timestamp);
    }
    output.collect(out);
  }

  private static long timestamp(StreamRecord<?> record) {
    return record.hasTimestamp() ? record.getTimestamp() : NO_TIMESTAMP;
  }

  @Override
  public void processWatermark(Watermark mark) {
    waiting.watermark(mark);
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    if (status.isIdle()) {
      drain(); // an idle channel's watermarks count for nothing: those held back go first
    }
    super.processWatermarkStatus(status);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    drain();
  }

  @Override
  public void endInput() throws Exception {
    drain();
  }

  @Override
  public void finish() throws Exception {
    super.finish();
    voice.state(AgentState.COMPLETED, null);
  }

  // Every key has its bound, so this ends.
  private void drain() throws InterruptedException {
    while (waiting.records() > 0) {
      mailbox.yield();
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    LookupStats stats = service.stats();
    long[] totals = counts.toArray();
    totals[LOOKUPS] += stats.lookups();
    totals[FAILURES] += stats.failures();
    kept.update(List.of(totals));
  }

  private Map<String, Long> totals() {
    LookupStats stats = service.stats();
    Map<String, Long> totals = counts.toMap();
    totals.merge("lookups", stats.lookups(), Long::sum);
    totals.merge("failures", stats.failures(), Long::sum);
    return totals;
  }

  @Override
  public void close() throws Exception {
    if (reporter != null) {
      reporter.close();
    }
    if (service != null) {
      service.close();
    }
    super.close();
  }
}
