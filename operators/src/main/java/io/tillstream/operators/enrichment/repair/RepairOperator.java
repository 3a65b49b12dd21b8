package io.tillstream.operators.enrichment.repair;

import io.tillstream.operators.enrichment.EnrichmentOptions;
import io.tillstream.operators.enrichment.LookupVoices;
import io.tillstream.operators.enrichment.lookup.LookupService;
import io.tillstream.operators.enrichment.lookup.Lookups;
import io.tillstream.operators.figures.Contribution;
import io.tillstream.operators.figures.ContributionCodec;
import io.tillstream.operators.figures.Owed;
import io.tillstream.operators.report.CheckpointAge;
import io.tillstream.operators.report.Gauges;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.operators.wire.Counts;
import io.tillstream.routing.agent.AgentReporter;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.AgentVoice;
import io.tillstream.routing.agent.HealthIndicator;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.route.Decision;
import io.tillstream.routing.route.RouteState;
import io.tillstream.routing.route.RouteStateCodec;
import io.tillstream.routing.route.RouteTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Keeps what was counted without an answer and pays it once the route leads to the enrichment and
 * the catalog answers. A debt leaves the state in the same step in which its corrections leave the
 * operator, so a barrier never parts them.
 *
 * <p>What the primary counted is corrected by the main output, what the backup counted by {@link
 * #BACKUP}; how far back corrections may reach is told to both.
 *
 * <p>Time comes from a scheduler of its own that posts to the mailbox: Flink's processing-time
 * timers end before the barrier of a stop with savepoint.
 */
public final class RepairOperator extends AbstractStreamOperator<Contribution>
    implements TwoInputStreamOperator<Owed, Decision, Contribution>, BoundedMultiInput {
  private static final long serialVersionUID = 1L;

  /** The corrections of what the backup counted. */
  public static final OutputTag<Contribution> BACKUP =
      new OutputTag<>(
          "backup-repairs", CodecTypeInfo.of(Contribution.class, ContributionCodec.class));

  private static final int OWED = 0;
  private static final int REPAIRED = 1;
  private static final int WRITTEN_OFF = 2;
  private static final long TURN_NANOS = 20_000_000; // what one mail may take from the stream
  private static final long LAST_PATIENCE_NANOS = 10_000_000_000L;

  private final EnrichmentOptions options;
  private final Lookups.Factory connections;
  private final ReportChannel.Factory reports; // null if nobody listens

  private transient MailboxExecutor mailbox;
  private transient RouteTable routes;
  private transient Counts counts;
  private transient Debts debts;
  private transient DebtIndex index;
  private transient Corrections corrections;
  private transient ArrayDeque<Payment> ready;
  private transient int payments;
  private transient ListState<long[]> keptCounts;
  private transient ListState<RouteState> keptRoutes;
  private transient LookupService service;
  private transient AgentVoice voice;
  private transient AgentReporter reporter;
  private transient CheckpointAge checkpointAge;
  private transient ScheduledExecutorService timer;
  private transient AtomicBoolean turnPosted;
  private transient OwedClocks clocks;
  private transient WriteOff writeOff;
  private transient StreamRecord<Contribution> out;
  private transient boolean finished;
  private transient volatile int owedItems;
  private transient volatile long epoch;

  /**
   * An operator not yet running.
   *
   * @param reports where it reports, or null
   */
  public RepairOperator(
      EnrichmentOptions options, Lookups.Factory connections, ReportChannel.Factory reports) {
    this.options = options;
    this.connections = connections;
    this.reports = reports;
  }

  @Override
  public void setMailboxExecutor(MailboxExecutor executor) {
    super.setMailboxExecutor(executor);
    this.mailbox = executor;
  }

  // ---- life ----

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    routes = new RouteTable();
    counts = new Counts("owed_lines", "repaired_lines", "written_off");
    index = new DebtIndex();
    keptRoutes =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("routes", new CodecSerializer<>(RouteStateCodec.class)));
    for (RouteState restored : keptRoutes.get()) {
      routes.apply(restored);
    }
    keptCounts =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("counts", LongPrimitiveArraySerializer.INSTANCE));
    for (long[] restored : keptCounts.get()) {
      counts.restore(restored);
    }
    debts =
        new Debts(
            context.getKeyedStateStore().getMapState(Debts.descriptor()), this::setCurrentKey);
    this.<String>getKeyedStateBackend()
        .applyToAllKeys(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            Debts.descriptor(),
            (String item, MapState<Owed.Key, Debt> restored) -> {
              for (Map.Entry<Owed.Key, Debt> debt : restored.entries()) {
                index.owe(item, debt.getKey().windowStart(), debt.getValue().since());
              }
            });
    owedItems = index.size();
  }

  @Override
  public void open() throws Exception {
    super.open();
    corrections = new Corrections();
    ready = new ArrayDeque<>();
    out = new StreamRecord<>(null);
    clocks = new OwedClocks(getRuntimeContext().getTaskInfo(), this::emitToBoth);
    writeOff = new WriteOff(options.repair().horizon().toMillis(), debts, index);
    service =
        new LookupService(
            options
                .lookup()
                .withBatches(1, options.lookup().batchSize(), options.lookup().linger()),
            connections,
            mail ->
                mailbox.execute(
                    () -> {
                      mail.run();
                      turn();
                    },
                    "answers for repairs"));
    turnPosted = new AtomicBoolean();
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "repair-timer");
              thread.setDaemon(true);
              return thread;
            });
    long interval = options.repair().interval().toMillis();
    var unused =
        timer.scheduleWithFixedDelay(this::postTurn, interval, interval, TimeUnit.MILLISECONDS);
    HealthIndicator owed = out -> out.put("owed_items", owedItems);
    Gauges.of(getMetricGroup(), owed);
    checkpointAge = new CheckpointAge(getProcessingTimeService().getClock());
    epoch = routes.of(RouteTable.ENRICHMENT).epoch();
    voice =
        LookupVoices.of(
                "repair",
                getRuntimeContext(),
                getProcessingTimeService(),
                getMetricGroup(),
                service)
            .epoch(() -> epoch)
            .counts(counts::toMap)
            .health(owed)
            .health(checkpointAge);
    reporter = AgentReporter.start(reports, voice);
    service.onChange(reporter::report);
  }

  private void postTurn() {
    if (turnPosted.compareAndSet(false, true)) {
      try {
        mailbox.execute(
            () -> {
              turnPosted.set(false);
              turn();
            },
            "repair");
      } catch (RejectedExecutionException e) {
        turnPosted.set(false); // the task is ending
      } catch (RuntimeException e) {
        turnPosted.set(false);
        LOG.warn("a repair could not be posted", e); // thrown on, it would end the timer
      }
    }
  }

  // ---- what comes in ----

  @Override
  public void processElement1(StreamRecord<Owed> record) throws Exception {
    Owed owed = record.getValue();
    long now = now();
    counts.raise(OWED, owed.figures().degraded());
    debts.add(owed, now);
    index.owe(owed.itemId(), owed.key().windowStart(), now);
    owedItems = index.size();
    if (debts.fresh() >= options.repair().dirty()) {
      debts.write();
    }
  }

  @Override
  public void processElement2(StreamRecord<Decision> record) {
    routes.apply(record.getValue().state());
    epoch = routes.of(RouteTable.ENRICHMENT).epoch();
  }

  @Override
  public void processWatermark1(Watermark mark) throws Exception {
    clocks.beforeWatermark(index.oldestWindow());
    processWatermark(mark);
  }

  @Override
  public void processWatermark2(Watermark mark) {
    // Decisions have no event time: they hold nobody back and push nobody on.
  }

  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int input) throws Exception {
    if (input == 0) {
      processWatermarkStatus(status);
    }
  }

  private void emit(Contribution contribution) {
    output.collect(out.replace(contribution));
  }

  private void emitToBackup(Contribution contribution) {
    output.collect(BACKUP, out.replace(contribution));
  }

  private void emitToBoth(Contribution contribution) {
    emit(contribution);
    emitToBackup(contribution);
  }

  // ---- the work ----

  /** One turn: in the task's thread, between elements, short. */
  private void turn() throws Exception {
    if (finished) {
      return;
    }
    long end = System.nanoTime() + TURN_NANOS;
    while (!ready.isEmpty() && System.nanoTime() - end < 0) {
      pass(ready.remove());
    }
    boolean more = !ready.isEmpty();
    if (mayRepair()) {
      long now = now();
      while (payments < options.repair().items() && !more) {
        DebtIndex.Item item = index.next(now);
        if (item == null) {
          break;
        }
        payments++;
        pass(new Payment(item, service, ready::add));
        more = System.nanoTime() - end >= 0;
      }
    }
    counts.raise(WRITTEN_OFF, writeOff.run(now()));
    corrections.flush(this::emit, this::emitToBackup);
    owedItems = index.size();
    clocks.afterRepairs(index.oldestWindow()); // behind the corrections it lets go of
    if (more) {
      postTurn();
    }
  }

  // Which of the two agents is the primary is the plan's affair.
  private boolean leadsToLookUps() {
    return !routes.of(RouteTable.ENRICHMENT).activeAgent().equals(RouteTable.BYPASS);
  }

  private boolean mayRepair() {
    return leadsToLookUps() && service.isHealthy();
  }

  private void pass(Payment payment) throws Exception {
    DebtIndex.Item item = payment.item;
    boolean waits = payment.pass(debts.of(item.id), options.repair().slice(), corrections);
    counts.raise(REPAIRED, payment.lines());
    if (waits) {
      return;
    }
    payments--;
    if (payment.complete() && payment.left() == 0) {
      index.paid(item);
      return;
    }
    if (payment.complete()) {
      index.correct(item, payment.oldestWindow(), payment.oldestSince());
    }
    index.rest(item, payment.unanswered() ? now() + options.repair().pause().toMillis() : 0);
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  // ---- barriers and the end ----

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    debts.write();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    debts.write(); // nothing may have come since the hook, but a second look costs nothing
    List<RouteState> known = new ArrayList<>();
    routes.known().forEach(known::add);
    keptRoutes.update(known);
    keptCounts.update(List.of(counts.toArray()));
  }

  @Override
  public void endInput(int inputId) throws Exception {
    if (inputId != 1) {
      return;
    }
    // The last chance to pay: as long as it goes on, and some patience beyond.
    long paid = counts.get(REPAIRED);
    long begin = System.nanoTime();
    while (index.size() > 0
        && leadsToLookUps()
        && System.nanoTime() - begin < LAST_PATIENCE_NANOS) {
      mailbox.yield(); // the timer posts, so this never waits long
      if (counts.get(REPAIRED) != paid) {
        paid = counts.get(REPAIRED);
        begin = System.nanoTime();
      }
    }
  }

  @Override
  public void finish() throws Exception {
    finished = true; // from here on nothing may be emitted
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
    if (timer != null) {
      timer.shutdownNow();
    }
    if (reporter != null) {
      reporter.close();
    }
    if (service != null) {
      service.close();
    }
    super.close();
  }
}
