package io.tillstream.operators.aggregation.presum;

import io.tillstream.operators.figures.EnrichedEvent;
import io.tillstream.operators.wire.Waiting;
import io.tillstream.routing.agent.SlidingRate;
import io.tillstream.routing.retry.RetryPolicy;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where failures of an agent's core end. An event that failed rests, is tried again by the route's
 * policy, and after the last try is given up; the task goes on meanwhile, and watermarks wait
 * behind those that rest. The task's thread alone calls it.
 *
 * <p>Time comes from a scheduler of its own that posts to the mailbox: Flink's processing-time
 * timers end before the barrier of a stop with savepoint.
 */
final class Boundary implements AutoCloseable {
  /** So many may rest; further ones hold the stream up. */
  static final int MOST_RESTING = 10_000;

  /** In this time an agent shows that it fails, and that it is well again. */
  private static final Duration LATELY = Duration.ofSeconds(3);

  private static final int FEWEST_TRIES = 10;
  private static final double MOST_FAILURES = 0.5;
  private static final long PATIENCE_NANOS = 1_000_000_000;
  private static final long LOG_NANOS = 1_000_000_000;
  private static final Logger LOG = LoggerFactory.getLogger(Boundary.class);

  /** The agent within. */
  interface Agent {

    /**
     * Takes the event, or throws and is as before. What it throws is a failure, to be retried; what
     * {@link #taken} throws is none.
     */
    void take(EnrichedEvent event);

    /** A retry is being made. */
    void retried();

    /** An event was taken at a retry. */
    void taken(EnrichedEvent event) throws Exception;

    /** Retries have been made. */
    void turned() throws Exception;

    /** No further try is allowed, after {@code attempts} failed ones. */
    void giveUp(EnrichedEvent event, int attempts, String error);
  }

  private static final class Resting {
    final EnrichedEvent event;
    final Waiting.Stretch stretch;
    int attempts = 1;
    long due;

    Resting(EnrichedEvent event, Waiting.Stretch stretch) {
      this.event = event;
      this.stretch = stretch;
    }
  }

  private final Agent agent;
  private final MailboxExecutor mailbox;
  private final Waiting waiting;
  private final SlidingRate rate = new SlidingRate(System::nanoTime, LATELY);
  private final Random random = new Random();
  private final long origin = System.nanoTime();
  private final PriorityQueue<Resting> resting =
      new PriorityQueue<>(Comparator.comparingLong((Resting each) -> each.due));
  private final ScheduledExecutorService timer;
  private RetryPolicy policy = RetryPolicy.standard();
  private long wakeAt = Long.MAX_VALUE; // when the timer is going to post, if it is
  private long loggedAt = -LOG_NANOS;
  private volatile int size;
  private volatile String lastError;

  /**
   * A boundary around {@code agent}.
   *
   * @param waiting where watermarks wait behind events
   */
  Boundary(Agent agent, MailboxExecutor mailbox, Waiting waiting) {
    this.agent = agent;
    this.mailbox = mailbox;
    this.waiting = waiting;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "pre-sum-retries");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Further failures are retried by {@code newest}. */
  void policy(RetryPolicy newest) {
    policy = newest;
  }

  /** The event's first try failed. */
  void failed(EnrichedEvent event, RuntimeException cause) throws InterruptedException {
    note(cause);
    if (!policy.allows(1)) {
      agent.giveUp(event, 1, lastError);
      return;
    }
    while (resting.size() >= MOST_RESTING) {
      mailbox.yield();
    }
    rest(new Resting(event, waiting.enter()));
  }

  private void rest(Resting each) {
    each.due = now() + policy.delayNanos(each.attempts, random);
    resting.add(each);
    size = resting.size();
    wake();
  }

  private void wake() {
    if (resting.isEmpty() || resting.peek().due >= wakeAt) {
      return;
    }
    long due = resting.peek().due;
    wakeAt = due;
    var unused = timer.schedule(() -> post(due), due - now(), TimeUnit.NANOSECONDS);
  }

  private void post(long due) {
    try {
      mailbox.execute(() -> turn(due), "retries");
    } catch (RejectedExecutionException e) {
      LOG.debug("the task ends; what rests is replayed", e);
    }
  }

  private void turn(long due) throws Exception {
    if (wakeAt == due) {
      wakeAt = Long.MAX_VALUE; // else a later wake has been overtaken by an earlier one
    }
    tryAgain(now());
    wake();
    agent.turned();
  }

  private void tryAgain(long dueBy) throws Exception {
    while (!resting.isEmpty() && resting.peek().due <= dueBy) {
      Resting each = resting.poll();
      size = resting.size();
      agent.retried();
      try {
        agent.take(each.event);
      } catch (RuntimeException e) {
        failedAgain(each, e);
        continue;
      }
      rate.add(1, 0);
      agent.taken(each.event);
      waiting.leave(each.stretch);
    }
  }

  private void failedAgain(Resting each, RuntimeException cause) {
    note(cause);
    each.attempts++;
    if (policy.allows(each.attempts)) {
      rest(each);
    } else {
      agent.giveUp(each.event, each.attempts, lastError);
      waiting.leave(each.stretch);
    }
  }

  private void note(RuntimeException cause) {
    rate.add(1, 1);
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    lastError = message == null ? name : name + ": " + message;
    if (now() - loggedAt >= LOG_NANOS) {
      loggedAt = now();
      LOG.warn("An event could not be counted.", cause);
    }
  }

  /**
   * Waits until nothing rests any more. A barrier does not wait for a policy that is in no hurry:
   * what would rest for more than a second is tried again at once.
   */
  void drain() throws Exception {
    long end = now() + PATIENCE_NANOS;
    while (!resting.isEmpty()) {
      if (resting.peek().due > end) {
        tryAgain(Long.MAX_VALUE);
      } else {
        mailbox.yield();
      }
    }
  }

  /** {@code tries} that succeeded. */
  void succeeded(long tries) {
    rate.add(tries, 0);
  }

  /** Whether most of what was tried lately failed. */
  boolean isFailing() {
    return rate.tried() >= FEWEST_TRIES && rate.rate() > MOST_FAILURES;
  }

  /** The share of failures lately; for any thread. */
  double errorRate() {
    return rate.rate();
  }

  /** The newest failure in words, or null; for any thread. */
  String lastError() {
    return lastError;
  }

  /** How many events rest; for any thread. */
  int resting() {
    return size;
  }

  private long now() {
    return System.nanoTime() - origin;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
