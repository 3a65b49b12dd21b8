package io.tillstream.operators.ingestion;

import io.tillstream.operators.router.RouteMemory;
import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentState;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.util.clock.Clock;

/** What the deduplicating part says of itself. Built by the reporter's thread. */
final class DedupReport implements Supplier<AgentReport> {
  private final int subtask;
  private final int subtasks;
  private final Tally duplicate;
  private final Tally late;
  private final Tally accepted;
  private final RouteMemory routes;
  private final Clock clock;

  private volatile Map<String, Double> indicators = Map.of();
  private volatile AgentState state = AgentState.RUNNING;
  private volatile long since;

  DedupReport(
      int subtask,
      int subtasks,
      Tally duplicate,
      Tally late,
      Tally accepted,
      RouteMemory routes,
      Clock clock) {
    this.subtask = subtask;
    this.subtasks = subtasks;
    this.duplicate = duplicate;
    this.late = late;
    this.accepted = accepted;
    this.routes = routes;
    this.clock = clock;
    this.since = clock.absoluteTimeMillis();
  }

  void memory(long ids, long bytes, long watermark) {
    // Before the first one there is no watermark to show.
    indicators =
        watermark == Long.MIN_VALUE
            ? Map.of("dedup_ids", (double) ids, "dedup_bytes", (double) bytes)
            : Map.of(
                "dedup_ids",
                (double) ids,
                "dedup_bytes",
                (double) bytes,
                "watermark",
                (double) watermark);
  }

  void state(AgentState newest) {
    state = newest;
    since = clock.absoluteTimeMillis();
  }

  @Override
  public AgentReport get() {
    return new AgentReport(
        "ingestion",
        "deduplicate",
        subtask,
        subtasks,
        0,
        0,
        state,
        since,
        clock.absoluteTimeMillis(),
        null,
        0,
        routes.epoch(),
        Map.of("duplicate", duplicate.value(), "late", late.value(), "accepted", accepted.value()),
        indicators);
  }
}
