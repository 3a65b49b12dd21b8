package io.tillstream.operators.ingestion;

import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentState;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.util.clock.Clock;

/**
 * What the reading part says of itself. Built by the reporter's thread, also while the task is
 * stuck: then the end offsets go on and the lag is seen to grow.
 */
final class ReadReport implements Supplier<AgentReport> {
  private final int subtask;
  private final int subtasks;
  private final Tally in;
  private final Tally deadLettered;
  private final EndOffsets ends;
  private final Clock clock;

  private volatile Map<PartitionId, Long> positions = Map.of();
  private volatile AgentState state = AgentState.RUNNING;
  private volatile long since;

  private long inBefore;
  private long deadBefore;

  ReadReport(
      int subtask, int subtasks, Tally in, Tally deadLettered, EndOffsets ends, Clock clock) {
    this.subtask = subtask;
    this.subtasks = subtasks;
    this.in = in;
    this.deadLettered = deadLettered;
    this.ends = ends;
    this.clock = clock;
    this.since = clock.absoluteTimeMillis();
    this.inBefore = in.value();
    this.deadBefore = deadLettered.value();
  }

  void positions(Map<PartitionId, Long> newest) {
    positions = newest;
  }

  void state(AgentState newest) {
    state = newest;
    since = clock.absoluteTimeMillis();
  }

  @Override
  public synchronized AgentReport get() {
    long dead = deadLettered.value();
    long read = Math.max(in.value(), dead);
    double errorRate =
        read == inBefore ? 0 : Math.min(1, (dead - deadBefore) / (double) (read - inBefore));
    inBefore = read;
    deadBefore = dead;
    return new AgentReport(
        "ingestion",
        "read",
        subtask,
        subtasks,
        0,
        0,
        state,
        since,
        clock.absoluteTimeMillis(),
        null,
        errorRate,
        0,
        Map.of("in", read, "dead_lettered", dead),
        indicators());
  }

  private Map<String, Double> indicators() {
    Map<String, Double> indicators = new HashMap<>();
    Map<PartitionId, EndOffsets.Range> latest = ends.latest();
    positions.forEach(
        (partition, position) -> {
          EndOffsets.Range range = latest.get(partition);
          long at = range == null ? position : Math.max(position, range.begin());
          if (at >= 0) {
            indicators.put("position_" + partition.number(), (double) at);
          }
          if (range != null) {
            indicators.put("lag_" + partition.number(), (double) Math.max(0, range.end() - at));
          }
        });
    return indicators;
  }
}
