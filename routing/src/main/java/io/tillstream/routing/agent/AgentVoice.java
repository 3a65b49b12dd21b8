package io.tillstream.routing.agent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a part of an agent has to say, gathered in one place: the task's thread changes it, the
 * reporter's thread makes reports of it. Whatever it is given to read is read by the reporter's
 * thread, also while the task is stuck: it holds no lock for long and waits for nobody.
 */
public final class AgentVoice implements Supplier<AgentReport> {
  private static final System.Logger LOG = System.getLogger(AgentVoice.class.getName());

  private final String agent;
  private final String part;
  private final int subtask;
  private final int parallelism;
  private final LongSupplier clock;
  private final long incarnation = ThreadLocalRandom.current().nextLong(1, 1L << 53);
  private final AtomicLong sequence = new AtomicLong();
  private final List<HealthIndicator> indicators = new CopyOnWriteArrayList<>();
  private final Set<HealthIndicator> broken = ConcurrentHashMap.newKeySet();

  private volatile Supplier<Map<String, Long>> counts = Map::of;
  private volatile DoubleSupplier errorRate = () -> 0;
  private volatile LongSupplier epoch = () -> 0;
  private volatile Supplier<String> note = () -> null;
  private volatile BooleanSupplier failing;
  private volatile Runnable listener = () -> {};
  private Condition condition;

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

  /** Where totals come from. */
  public AgentVoice counts(Supplier<Map<String, Long>> source) {
    counts = source;
    return this;
  }

  /** Where the share of failures lately comes from, 0..1. */
  public AgentVoice errorRate(DoubleSupplier source) {
    errorRate = source;
    return this;
  }

  /** Where the newest route epoch seen comes from. */
  public AgentVoice epoch(LongSupplier source) {
    epoch = source;
    return this;
  }

  /**
   * What there is to say, such as the newest failure in words, where the state came without a note.
   *
   * @param source null means there is nothing to say
   */
  public AgentVoice note(Supplier<String> source) {
    note = source;
    return this;
  }

  /**
   * Asked at each report: while it says so the part has failed, else it runs. For parts whose state
   * is known elsewhere; of {@link #state} only the end counts then.
   */
  public AgentVoice failing(BooleanSupplier source) {
    failing = source;
    return this;
  }

  /** One more thing that tells of the part's health. One that throws is left out of the report. */
  public AgentVoice health(HealthIndicator indicator) {
    indicators.add(indicator);
    return this;
  }

  /** Whom to tell of a change of state, so that it is reported at once. */
  AgentVoice onChange(Runnable newListener) {
    listener = newListener;
    return this;
  }

  /**
   * The state from now on. What is completed stays so.
   *
   * @param why in words a person understands, or null
   * @return whether the state is another than before: then a report goes out at once
   */
  public boolean state(AgentState state, String why) {
    boolean changed = change(state, why);
    if (changed) {
      listener.run();
    }
    return changed;
  }

  private synchronized boolean change(AgentState state, String why) {
    Condition before = condition;
    if (before.state() == AgentState.COMPLETED) {
      return false;
    }
    boolean changed = before.state() != state;
    condition = new Condition(state, changed ? clock.getAsLong() : before.since(), why);
    return changed;
  }

  // Asked under the lock: of two reports the later one must not say the older state.
  private synchronized Condition condition() {
    BooleanSupplier source = failing;
    if (source != null) {
      change(source.getAsBoolean() ? AgentState.FAILED : AgentState.RUNNING, null);
    }
    return condition;
  }

  /** A report as of now. */
  @Override
  public AgentReport get() {
    long number = sequence.incrementAndGet();
    Condition now = condition();
    return new AgentReport(
        agent,
        part,
        subtask,
        parallelism,
        incarnation,
        number,
        now.state(),
        now.since(),
        clock.getAsLong(),
        now.note() != null ? now.note() : note.get(),
        errorRate.getAsDouble(),
        epoch.getAsLong(),
        counts.get(),
        readings());
  }

  private Map<String, Double> readings() {
    Map<String, Double> values = new LinkedHashMap<>();
    for (HealthIndicator indicator : indicators) {
      try {
        indicator.read(values::put);
        broken.remove(indicator);
      } catch (RuntimeException e) {
        if (broken.add(indicator)) {
          LOG.log(System.Logger.Level.WARNING, "a health indicator of " + agent + " broke: " + e);
        }
      }
    }
    return values;
  }
}
