package io.tillstream.operators.enrichment.lookup;

import io.tillstream.routing.agent.SlidingRate;
import io.tillstream.routing.retry.CircuitBreaker;
import io.tillstream.routing.retry.RetryPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Which keys are asked, when again and when no more: single flight, retries, the bound of each key
 * and the breaker. Every key that was asked ends exactly once. It makes no call and has no thread;
 * whoever drives it does so under one lock.
 */
final class LookupCore {

  /** A key on its way. */
  static final class Ask {
    final LookupKey key;
    final List<Waiter> waiters = new ArrayList<>(2);
    private final long deadline;
    private int failures;
    private long dueAt;
    private Answer answer; // null until it ends

    private Ask(LookupKey key, long deadline) {
      this.key = key;
      this.deadline = deadline;
    }

    Answer answer() {
      return answer;
    }
  }

  private final LookupOptions options;
  private final LongSupplier nanos;
  private final RandomGenerator random;
  private final AnswerCache cache;
  private final SlidingRate rate;
  private final Consumer<Ask> ended;
  private final CircuitBreaker breaker;

  private final Map<LookupKey, Ask> asks = new HashMap<>();
  private final ArrayDeque<Ask> queue = new ArrayDeque<>();
  private final PriorityQueue<Ask> resting =
      new PriorityQueue<>(Comparator.comparingLong(this::untilDue));
  private final ArrayDeque<Ask> byDeadline = new ArrayDeque<>();
  private final long origin;
  private RetryPolicy retry;
  private long queuedSince;
  private long lookups;
  private long failures;
  private long attempts;

  /**
   * Nothing asked.
   *
   * @param ended told of each key that ended, under the driver's lock
   */
  LookupCore(
      LookupOptions options,
      LongSupplier nanos,
      RandomGenerator random,
      AnswerCache cache,
      SlidingRate rate,
      Consumer<Ask> ended) {
    this.options = options;
    this.nanos = nanos;
    this.random = random;
    this.cache = cache;
    this.rate = rate;
    this.ended = ended;
    this.retry = options.retry();
    this.breaker = new CircuitBreaker(options.breaker(), nanos);
    this.origin = nanos.getAsLong();
  }

  /** From now on what fails is tried again by {@code policy}. */
  void retry(RetryPolicy policy) {
    retry = policy;
  }

  // Such clocks may wrap: only differences may be compared.
  private long untilDue(Ask ask) {
    return ask.dueAt - origin;
  }

  /**
   * Asks, or joins those who wait for the same key.
   *
   * @param waiter null if nobody waits, as in a refresh ahead of time
   * @return the answer if the cache holds it, {@link Answer#NONE} if the breaker is not closed, or
   *     null: the waiter will be told
   */
  Answer ask(LookupKey key, Waiter waiter) {
    Ask ask = asks.get(key);
    if (ask == null) {
      AnswerCache.Kept kept = waiter == null ? null : cache.of(key.kind()).getIfPresent(key.id());
      if (kept != null) {
        return kept.answer();
      }
      if (!breaker.isClosed()) {
        refused();
        return Answer.NONE;
      }
      ask = new Ask(key, nanos.getAsLong() + options.keyBound().toNanos());
      asks.put(key, ask);
      byDeadline.add(ask);
      enqueue(ask);
      lookups++;
    }
    if (waiter != null) {
      ask.waiters.add(waiter);
    }
    return null;
  }

  /** Counts a look-up that the open breaker answered. */
  private void refused() {
    lookups++;
    failures++;
    rate.add(1, 1);
  }

  private void enqueue(Ask ask) {
    if (queue.isEmpty()) {
      queuedSince = nanos.getAsLong();
    }
    queue.add(ask);
  }

  /** Keys that wait for a batch. */
  int queued() {
    return queue.size();
  }

  /** Keys on their way, queued or not. */
  int pending() {
    return asks.size();
  }

  /** Nanoseconds until the next batch should start: not positive if it should now. */
  long untilBatch() {
    return queue.size() >= options.batchSize()
        ? 0
        : queuedSince + options.linger().toNanos() - nanos.getAsLong();
  }

  /**
   * Takes the next batch, possibly empty; its end is told by {@link #succeeded} or {@link #failed}.
   */
  List<Ask> take() {
    List<Ask> batch = new ArrayList<>(Math.min(queue.size(), options.batchSize()));
    while (!queue.isEmpty() && batch.size() < options.batchSize()) {
      Ask ask = queue.poll();
      if (ask.answer == null) {
        batch.add(ask);
      }
    }
    if (!batch.isEmpty()) {
      attempts++;
    }
    return batch;
  }

  /** A batch was answered. */
  void succeeded(List<Ask> batch, List<Answer> answers) {
    breaker.succeeded();
    for (int i = 0; i < batch.size(); i++) {
      Ask ask = batch.get(i);
      cache.put(ask.key, answers.get(i)); // also one that came too late for those who waited
      end(ask, answers.get(i));
    }
  }

  /** A batch failed: each of its keys rests before its next try, or gets no answer. */
  void failed(List<Ask> batch) {
    boolean exhausted = false;
    for (Ask ask : batch) {
      ask.failures++;
      if (ask.answer != null) {
        continue;
      }
      if (retry.allows(ask.failures)) {
        ask.dueAt = nanos.getAsLong() + retry.delayNanos(ask.failures, random);
        resting.add(ask);
      } else {
        exhausted = true;
        end(ask, Answer.NONE);
      }
    }
    boolean opened = breaker.failed();
    if (exhausted) {
      opened |= breaker.trip();
    }
    if (opened) {
      giveUp();
    }
  }

  /** The breaker opened: whoever waits gets no answer now rather than at the end of its bound. */
  private void giveUp() {
    for (Ask ask : List.copyOf(asks.values())) {
      end(ask, Answer.NONE);
    }
    queue.clear();
    resting.clear();
    byDeadline.clear();
  }

  private void end(Ask ask, Answer answer) {
    if (ask.answer != null) {
      return;
    }
    ask.answer = answer;
    asks.remove(ask.key);
    boolean failed = answer == Answer.NONE;
    failures += failed ? 1 : 0;
    rate.add(1, failed ? 1 : 0);
    ended.accept(ask);
  }

  /** Does what is due: rested keys are tried again, keys at their bound get no answer. */
  void tick() {
    long now = nanos.getAsLong();
    while (!resting.isEmpty() && resting.peek().dueAt - now <= 0) {
      Ask ask = resting.poll();
      if (ask.answer == null) {
        enqueue(ask);
      }
    }
    boolean overdue = false;
    while (!byDeadline.isEmpty()) {
      Ask oldest = byDeadline.peek();
      if (oldest.answer == null) {
        if (oldest.deadline - now > 0) {
          break;
        }
        overdue = true;
        end(oldest, Answer.NONE);
      }
      byDeadline.poll();
    }
    if (overdue && breaker.failed()) {
      giveUp();
    }
  }

  /** Nanoseconds until {@link #tick} has something to do; at most {@code most}. */
  long untilDue(long most) {
    long now = nanos.getAsLong();
    long wait = most;
    if (!resting.isEmpty()) {
      wait = Math.min(wait, resting.peek().dueAt - now);
    }
    if (!byDeadline.isEmpty()) {
      wait = Math.min(wait, byDeadline.peek().deadline - now);
    }
    return Math.max(wait, 0);
  }

  /** Whether a probe should be made now. */
  boolean shouldProbe() {
    return breaker.isClosed() || breaker.tryProbe();
  }

  /** A probe ended. */
  void probed(boolean well) {
    rate.add(1, well ? 0 : 1);
    if (well) {
      breaker.succeeded();
    } else if (breaker.failed()) {
      giveUp();
    }
  }

  CircuitBreaker.State breaker() {
    return breaker.state();
  }

  long lookups() {
    return lookups;
  }

  long failures() {
    return failures;
  }

  long attempts() {
    return attempts;
  }
}
