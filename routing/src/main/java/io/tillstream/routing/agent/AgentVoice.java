package io.tillstream.routing.agent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a part of an agent has to say, gathered in one place: the task's thread changes it, the
 * reporter's thread makes reports of it.
 */
public final class AgentVoice implements Supplier<AgentReport> {
  private final String agent;
  private final String part;
  private final int subtask;
  private final int parallelism;
  private final LongSupplier clock;
  private final long incarnation = ThreadLocalRandom.current().nextLong(1, 1L << 53);
  private final List<HealthIndicator> indicators = new CopyOnWriteArrayList<>();

  private volatile Supplier<Map<String, Long>> counts = Map::of;
  private volatile DoubleSupplier errorRate = () -> 0;
  private volatile LongSupplier epoch = () -> 0;
  private volatile Condition condition;
  private long sequence;

  private record Condition(AgentState state, long since, String note) {}

  /**
   * A part that runs.
   *
   * @param clock epoch milliseconds
   */
  public AgentVoice(String agent, String part, int subtask, int parallelism, LongSupplier clock) {
    this.agent = agent;
    this.part = part;
    this.subtask = subtask;
    this.parallelism = parallelism;
    this.clock = clock;
    this.condition = new Condition(AgentState.RUNNING, clock.getAsLong(), null);
  }

  /** Tells this life of the part from every other one; it stands in each of its reports. */
  public long incarnation() {
    return incarnation;
  }

  /** Where totals come from; read by the reporter's thread. */
  public AgentVoice counts(Supplier<Map<String, Long>> source) {
    counts = source;
    return this;
  }

  /** Where the share of failures lately comes from, 0..1; read by the reporter's thread. */
  public AgentVoice errorRate(DoubleSupplier source) {
    errorRate = source;
    return this;
  }

  /** Where the newest route epoch seen comes from; read by the reporter's thread. */
  public AgentVoice epoch(LongSupplier source) {
    epoch = source;
    return this;
  }

  /** One more thing that tells of the part's health. */
  public AgentVoice health(HealthIndicator indicator) {
    indicators.add(indicator);
    return this;
  }

  /**
   * The state from now on. What is completed stays so.
   *
   * @param note why, or null
   * @return whether the state is another than before: then a report should go out at once
   */
  public synchronized boolean state(AgentState state, String note) {
    Condition before = condition;
    if (before.state() == AgentState.COMPLETED) {
      return false;
    }
    boolean changed = before.state() != state;
    condition = new Condition(state, changed ? clock.getAsLong() : before.since(), note);
    return changed;
  }

  /** A report as of now. */
  @Override
  public synchronized AgentReport get() {
    Map<String, Double> values = new LinkedHashMap<>();
    for (HealthIndicator indicator : indicators) {
      indicator.read(values::put);
    }
    Condition now = condition;
    return new AgentReport(
        agent,
        part,
        subtask,
        parallelism,
        incarnation,
        ++sequence,
        now.state(),
        now.since(),
        clock.getAsLong(),
        now.note(),
        errorRate.getAsDouble(),
        epoch.getAsLong(),
        counts.get(),
        values);
  }
}
