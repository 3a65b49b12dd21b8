package io.tillstream.routing.agent;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Sends an agent's report every second from a thread of its own, so that an agent without traffic,
 * or one that is stuck, is still heard.
 */
public final class AgentReporter implements AutoCloseable {
  private static final long INTERVAL_MS = 1_000;

  private final ReportChannel channel;
  private final Supplier<AgentReport> source;
  private final ScheduledExecutorService timer;

  /**
   * Starts reporting.
   *
   * @param channel closed with the reporter
   * @param source called from another thread than the agent's
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
    var unused =
        timer.scheduleAtFixedRate(this::report, INTERVAL_MS, INTERVAL_MS, TimeUnit.MILLISECONDS);
  }

  /** Sends a report now: on a change of state. */
  public void report() {
    try {
      channel.send(source.get());
    } catch (RuntimeException e) {
      // A report that fails must not end the schedule; the next one follows.
      System.getLogger(AgentReporter.class.getName())
          .log(System.Logger.Level.WARNING, "report not sent: " + e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    channel.close();
  }
}
