package io.tillstream.routing.simulation;

import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentState;
import java.util.Map;

/** One subtask of an agent in the simulated world: what is true of it, and what it says. */
final class Actor {
  private static final Map<String, Long> NO_COUNTS = Map.of();
  private static final Map<String, Double> QUICK = Map.of("redis_probe_ms", 1.0);
  private static final Map<String, Double> SLOW = Map.of("redis_probe_ms", 200.0);

  final String agent;
  final String part;
  final int subtask;
  final int parallelism;
  long life;
  long clockOffset;
  boolean mute;
  private long sequence;
  private AgentState state = AgentState.RUNNING;
  private long since;
  private double errorRate;
  private boolean slow;

  Actor(String agent, String part, int subtask, int parallelism) {
    this.agent = agent;
    this.part = part;
    this.subtask = subtask;
    this.parallelism = parallelism;
  }

  void begin(long newLife) {
    life = newLife;
    sequence = 0;
  }

  /** Takes on a trouble; tells whether the state it reports changes by that. */
  boolean suffer(Trouble trouble, long time) {
    AgentState before = state;
    state =
        switch (trouble) {
          case FAILED -> AgentState.FAILED;
          case STUCK -> AgentState.STALE;
          default -> AgentState.RUNNING;
        };
    errorRate = trouble == Trouble.ERRORS ? 0.9 : 0;
    slow = trouble == Trouble.SLOW;
    mute = trouble == Trouble.MUTE;
    if (before != state) {
      since = time;
    }
    return before != state;
  }

  AgentReport report(long time, long epoch) {
    sequence++;
    return new AgentReport(
        agent,
        part,
        subtask,
        parallelism,
        life,
        sequence,
        state,
        since + clockOffset,
        time + clockOffset,
        state == AgentState.RUNNING ? null : "simulated",
        errorRate,
        epoch,
        NO_COUNTS,
        slow ? SLOW : QUICK);
  }
}
