package io.tillstream.routing.agent;

import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Sends an agent's report at once, then every second, and whenever it is asked to, from a thread of
 * its own: an agent without traffic, or one that is stuck, is still heard, and no agent ever waits
 * for the channel.
 */
public final class AgentReporter implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AgentReporter.class.getName());
  private static final long INTERVAL_MS = 1_000;
  private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(INTERVAL_MS / 2);
  private static final long PATIENCE_MS = 1_000;

  private final ReportChannel channel;
  private final Supplier<AgentReport> source;
  private final ScheduledExecutorService timer;
  private final AtomicBoolean asked = new AtomicBoolean();

  // Only the reporter's thread touches these.
  private long lastRegular = System.nanoTime() - SHORTEST_NANOS;
  private boolean failed;

  /**
   * Starts reporting.
   *
   * @param channel closed with the reporter
   * @param source called from the reporter's thread
   */
  public AgentReporter(ReportChannel channel, Supplier<AgentReport> source) {
    this.channel = channel;
    this.source = source;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "agent-reporter");
              thread.setDaemon(true);
              return thread;
            });
    var unused = timer.scheduleAtFixedRate(this::regular, 0, INTERVAL_MS, TimeUnit.MILLISECONDS);
  }

  /**
   * Starts reporting what a part says, and each change of its state at once.
   *
   * @param channels null if nobody listens
   */
  public static AgentReporter start(ReportChannel.Factory channels, AgentVoice voice) {
    ReportChannel channel = channels == null ? new Nobody() : channels.open();
    AgentReporter reporter = new AgentReporter(channel, voice);
    voice.onChange(reporter::report);
    return reporter;
  }

  /** Has a report sent now: on a change of state. Returns at once. */
  public void report() {
    if (asked.compareAndSet(false, true)) {
      try {
        timer.execute(
            () -> {
              asked.set(false); // before the report is made: a later change asks anew
              send();
            });
      } catch (RejectedExecutionException e) {
        asked.set(false); // closed: the last word is said
      }
    }
  }

  // What a slow channel held up is not made good all at once.
  private void regular() {
    if (System.nanoTime() - lastRegular >= SHORTEST_NANOS) {
      send();
      lastRegular = System.nanoTime();
    }
  }

  private void send() {
    try {
      channel.send(source.get());
      failed = false;
    } catch (RuntimeException | Error e) {
      // A report that fails must not end the schedule; the next one follows.
      if (!failed) {
        LOG.log(System.Logger.Level.WARNING, "reports are not sent for now", e);
      }
      failed = true;
    }
  }

  /** Ends; what was asked for before is still sent if that takes no longer than a second. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
        timer.shutdownNow();
      }
    } catch (InterruptedException e) {
      timer.shutdownNow();
      Thread.currentThread().interrupt();
    }
    channel.close();
  }

  /** Nobody listens. */
  private static final class Nobody implements ReportChannel {
    @Override
    public void send(AgentReport report) {
      // Nobody listens.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
