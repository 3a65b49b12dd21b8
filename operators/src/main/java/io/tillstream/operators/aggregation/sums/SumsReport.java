package io.tillstream.operators.aggregation.sums;

import io.tillstream.operators.aggregation.AggregationOptions;
import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentReporter;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.ReportChannel;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.TaskInfo;

/** What the sums say of themselves, each second, from another thread. */
final class SumsReport implements AutoCloseable {
  private final String agent;
  private final int subtask;
  private final int parallelism;
  private final Clock clock;
  private final long start;
  private final AgentReporter reporter;

  private volatile Reading reading;

  private record Reading(SumsStatus status, AgentState state, long since) {}

  SumsReport(ReportChannel channel, AggregationOptions options, TaskInfo task) {
    this(channel, options, task, Clock.systemUTC());
  }

  private SumsReport(
      ReportChannel channel, AggregationOptions options, TaskInfo task, Clock clock) {
    this.agent = options.agent();
    this.subtask = task.getIndexOfThisSubtask();
    this.parallelism = task.getNumberOfParallelSubtasks();
    this.clock = clock;
    this.start = clock.millis();
    this.reading =
        new Reading(
            new SumsStatus(Ledger.ZERO, 0, 0, 0, 0, Long.MIN_VALUE, 0, 0, 0, true),
            AgentState.RUNNING,
            start);
    this.reporter = new AgentReporter(channel, this::report);
  }

  void update(SumsStatus status) {
    reading = new Reading(status, AgentState.RUNNING, start);
  }

  void completed(SumsStatus status) {
    reading = new Reading(status, AgentState.COMPLETED, clock.millis());
    reporter.report();
  }

  private AgentReport report() {
    Reading now = reading;
    SumsStatus status = now.status();
    Map<String, Double> indicators = new LinkedHashMap<>();
    indicators.put("rows_in_heap", (double) status.rowsInHeap());
    indicators.put("dirty_rows", (double) status.unpublished());
    indicators.put("windows", (double) status.windows());
    indicators.put("windows_open", (double) status.openWindows());
    if (status.watermark() != Long.MIN_VALUE) {
      indicators.put("watermark", (double) status.watermark());
    }
    indicators.put("published_rows", (double) status.published());
    indicators.put("superseded_rows", (double) status.superseded());
    indicators.put("recreated_rows", (double) status.recreated());
    indicators.put("settled", status.settled() ? 1.0 : 0.0);
    return new AgentReport(
        agent,
        "sums",
        subtask,
        parallelism,
        0,
        0,
        now.state(),
        now.since(),
        clock.millis(),
        null,
        0,
        0,
        Map.of(
            "aggregated", status.ledger().aggregated(),
            "degraded_open", status.ledger().degradedOpen()),
        indicators);
  }

  @Override
  public void close() {
    reporter.close();
  }
}
