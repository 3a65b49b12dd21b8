package io.tillstream.operators.alerting.webhooks;

import io.tillstream.operators.alerting.webhooks.sending.HttpPoster;
import io.tillstream.operators.alerting.webhooks.sending.Poster;
import io.tillstream.operators.alerting.webhooks.sending.SecretsFile;
import io.tillstream.operators.ingestion.DeadLetter;
import io.tillstream.operators.report.Gauges;
import io.tillstream.operators.report.Voices;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.routing.agent.AgentKind;
import io.tillstream.routing.agent.AgentReporter;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.AgentVoice;
import io.tillstream.routing.agent.HealthIndicator;
import io.tillstream.routing.agent.Latencies;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.event.ErrorClass;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Sends webhooks without ever holding up its task. All that is not delivered is in each checkpoint,
 * and no checkpoint waits for a receiver: after a restore it is sent again under the same webhook
 * id, at least once. Pauses are kept by a timer of its own, for Flink's is silent when a job stops.
 */
public final class WebhookOperator extends AbstractStreamOperator<DeadLetter>
    implements OneInputStreamOperator<Delivery, DeadLetter>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private static final String PART = "webhooks";
  private static final long TURN_MS = 50;
  private static final long LAST_PATIENCE_NANOS = 10_000_000_000L;
  private static final long QUIET_MS = 10_000; // between two lines in the log

  private final WebhookOptions options;
  private final ReportChannel.Factory reports; // null if nobody listens

  private transient MailboxExecutor mailbox;
  private transient ListState<Pending> keptPending;
  private transient ListState<Disabled> keptDisabled;
  private transient ListState<long[]> keptCounts;
  private transient Tallies tallies;
  private transient Dispatcher dispatcher;
  private transient Poster poster;
  private transient ScheduledExecutorService timer;
  private transient AtomicBoolean turnPosted;
  private transient AgentReporter reporter;
  private transient AgentVoice voice;
  private transient StreamRecord<DeadLetter> out;
  private transient String logged;
  private transient long loggedAt;
  private transient volatile boolean busy;
  private transient volatile Standing standing;

  /**
   * The operator.
   *
   * @param reports where it reports to, null for nowhere
   */
  public WebhookOperator(WebhookOptions options, ReportChannel.Factory reports) {
    this.options = options;
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
    OperatorStateStore store = context.getOperatorStateStore();
    keptPending =
        store.getListState(
            new ListStateDescriptor<>("pending", new CodecSerializer<>(PendingCodec.class)));
    keptDisabled =
        store.getListState(
            new ListStateDescriptor<>("disabled", new CodecSerializer<>(DisabledCodec.class)));
    keptCounts =
        store.getListState(
            new ListStateDescriptor<>("counts", LongPrimitiveArraySerializer.INSTANCE));
    tallies = new Tallies();
    for (long[] kept : keptCounts.get()) {
      tallies.counts().restore(kept);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    out = new StreamRecord<>(null);
    standing = Standing.CALM;
    poster =
        new HttpPoster(
            options.timeout(),
            options.allowPrivate(),
            new SecretsFile(options.secretsFile(), System.getenv(SecretsFile.VARIABLE)),
            Clock.systemUTC());
    Latencies latencies = new Latencies(System::nanoTime);
    dispatcher =
        new Dispatcher(
            options,
            new Dispatcher.Ports(poster, this::home, clock(), new SplittableRandom()),
            tallies,
            latencies::recordMillis,
            this::giveUp);
    for (Disabled kept : keptDisabled.get()) {
      dispatcher.restore(kept);
    }
    for (Pending kept : keptPending.get()) {
      dispatcher.restore(kept);
    }
    HealthIndicator queues = this::read;
    Gauges.of(getMetricGroup(), queues);
    voice =
        Voices.of(
                AgentKind.ALERT.text(),
                PART,
                getRuntimeContext().getTaskInfo(),
                getProcessingTimeService())
            .counts(tallies.counts()::toMap)
            .note(() -> standing.note())
            .health(queues)
            .health(latencies);
    reporter = AgentReporter.start(reports, voice);
    turnPosted = new AtomicBoolean();
    busy = true; // the first turn sends what was restored
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "webhook-turns");
              thread.setDaemon(true);
              return thread;
            });
    var unused = timer.scheduleWithFixedDelay(this::postTurn, 0, TURN_MS, TimeUnit.MILLISECONDS);
  }

  private DispatchClock clock() {
    var clock = getProcessingTimeService().getClock();
    return new DispatchClock() {
      @Override
      public long millis() {
        return clock.relativeTimeMillis();
      }

      @Override
      public long epochMillis() {
        return clock.absoluteTimeMillis();
      }
    };
  }

  private void read(HealthIndicator.Readings readings) {
    Standing now = standing;
    readings.put("webhook_queue", now.queued());
    readings.put("webhook_in_flight", now.inFlight());
    readings.put("webhook_retries", now.retrying());
    readings.put("webhooks_disabled", now.disabled());
  }

  // ---- what comes in, and when ----

  @Override
  public void processElement(StreamRecord<Delivery> element) {
    dispatcher.offer(element.getValue());
    busy = true;
  }

  /** Runs an answer in the task's thread. */
  private void home(Runnable answer) {
    try {
      mailbox.execute(
          () -> {
            answer.run();
            busy = true;
          },
          "webhook answer");
    } catch (RejectedExecutionException e) {
      // The task is ending. Its last checkpoint has the webhook: it is sent again.
    }
  }

  private void postTurn() {
    if (busy && turnPosted.compareAndSet(false, true)) {
      try {
        mailbox.execute(this::turn, "webhooks");
      } catch (RejectedExecutionException e) {
        turnPosted.set(false); // the task is ending
      } catch (RuntimeException e) {
        turnPosted.set(false);
        LOG.warn("webhooks could not be looked after", e); // thrown on, it would end the timer
      }
    }
  }

  private void turn() {
    turnPosted.set(false);
    dispatcher.turn();
    standing = dispatcher.standing();
    // With a note it goes on, so that it is forgotten in time.
    busy = standing.queued() > 0 || standing.note() != null;
    log(standing.note());
  }

  private void log(String note) {
    long now = getProcessingTimeService().getClock().relativeTimeMillis();
    boolean quiet = logged != null && now - loggedAt < QUIET_MS;
    if (!Objects.equals(note, logged) && !quiet) {
      LOG.warn("{}", note == null ? "webhooks: all receivers take them again" : note);
      logged = note;
      loggedAt = now;
    }
  }

  private void giveUp(Delivery delivery, ErrorClass why, String words) {
    output.collect(out.replace(WebhookLetter.of(options.topic(), delivery, why, words)));
  }

  // ---- checkpoints and the end ----

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    keptPending.update(dispatcher.kept());
    keptDisabled.update(dispatcher.disabled());
    keptCounts.update(List.of(tallies.counts().toArray()));
  }

  /**
   * The input has ended: what is on its way, and what was not tried yet, gets some seconds. What
   * has failed before is not waited for: it stays in the last checkpoint.
   */
  @Override
  public void endInput() throws Exception {
    long begin = System.nanoTime();
    while (dispatcher.hasFirstTries() && System.nanoTime() - begin < LAST_PATIENCE_NANOS) {
      mailbox.yield(); // the timer posts, so this never waits long
    }
  }

  @Override
  public void finish() throws Exception {
    dispatcher.freeze(); // from here on nothing may be emitted
    super.finish();
    voice.state(AgentState.COMPLETED, null);
  }

  @Override
  public void close() throws Exception {
    if (timer != null) {
      timer.shutdownNow();
    }
    if (poster != null) {
      poster.close();
    }
    if (reporter != null) {
      reporter.close();
    }
    super.close();
  }
}
