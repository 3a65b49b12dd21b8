package io.tillstream.operators.enrichment.lookup;

import com.github.benmanes.caffeine.cache.Cache;
import io.tillstream.routing.agent.SlidingRate;
import io.tillstream.routing.retry.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Look-ups for one caller's thread: the cache in front, batches over a few connections behind, each
 * with a thread of its own, a timer for retries and bounds, a prober. Answers come back through the
 * caller's executor, on the caller's thread.
 */
public final class LookupService implements AutoCloseable {
  private static final long LONGEST_SLEEP = 200_000_000;
  private static final long SHORTEST_SLEEP = 5_000_000;
  private static final long WATCH_INTERVAL = 50_000_000;
  private static final long QUICK_PROBE_MS = 50;
  private static final Duration HITS_WINDOW = Duration.ofSeconds(10);

  private final LookupOptions options;
  private final LongSupplier nanos;
  private final Executor caller;
  private final AnswerCache cache;
  private final Cache<String, AnswerCache.Kept> categories;
  private final Cache<String, AnswerCache.Kept> segments;
  private final SlidingRate rate;
  private final SlidingRate missRate;
  private final Health health;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition due = lock.newCondition();
  private final LookupCore core;

  private final Queue<LookupCore.Ask> ended = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean handingOut = new AtomicBoolean();
  private final List<Line> lines = new ArrayList<>();
  private final Crew crew = new Crew();
  private final AtomicInteger inUse = new AtomicInteger();
  private final Tally hits = new Tally();
  private final Tally misses = new Tally();
  private volatile boolean closed;
  private volatile long coarseNow;
  private final ProbeTime probeTime;
  private long hitsSeen;
  private long missesSeen;

  /**
   * Starts; connects to nothing yet.
   *
   * @param caller runs what it is given on the one thread that asks; it may refuse when that thread
   *     is gone
   */
  public LookupService(LookupOptions options, Lookups.Factory connections, Executor caller) {
    this.options = options;
    this.nanos = System::nanoTime;
    this.caller = caller;
    this.cache = new AnswerCache(options, nanos);
    this.categories = cache.of(LookupKind.CATEGORY);
    this.segments = cache.of(LookupKind.SEGMENT);
    this.rate = SlidingRate.lately(nanos);
    this.missRate = new SlidingRate(nanos, HITS_WINDOW);
    this.probeTime = new ProbeTime(nanos);
    this.health = new Health();
    this.core = new LookupCore(options, nanos, new Random(), cache, rate, ended::add);
    this.coarseNow = nanos.getAsLong();
    for (int i = 0; i < options.connections(); i++) {
      Line line = new Line(connections.open(), nanos);
      lines.add(line);
      crew.start("lookup-" + i, () -> batches(line));
    }
    Line probe = new Line(connections.open(), nanos);
    lines.add(probe);
    crew.start("lookup-probe", () -> probes(probe));
    crew.start("lookup-timer", this::timer);
  }

  // ---- the caller's side ----

  /** The category of {@code itemId} if the cache holds it, else null. The caller's thread only. */
  public Answer category(String itemId) {
    return cached(categories, LookupKind.CATEGORY, itemId);
  }

  /** The segment of {@code userId} if the cache holds it, else null. The caller's thread only. */
  public Answer segment(String userId) {
    return cached(segments, LookupKind.SEGMENT, userId);
  }

  private Answer cached(Cache<String, AnswerCache.Kept> from, LookupKind kind, String id) {
    AnswerCache.Kept kept = from.getIfPresent(id);
    if (kept == null) {
      misses.raise();
      return null;
    }
    hits.raise();
    if (kept.refreshAt() - coarseNow < 0 && options.refreshAhead() && health.isAnswering()) {
      ask(new LookupKey(kind, id), null);
    }
    return kept.answer();
  }

  /**
   * Asks; what the cache holds is not counted as a hit here.
   *
   * @return an answer if there is one already ({@link Answer#NONE} while the breaker is open), else
   *     null: the waiter will be told, within {@link LookupOptions#keyBound} and a bit
   */
  public Answer ask(LookupKey key, Waiter waiter) {
    lock.lock();
    try {
      int before = core.queued();
      Answer answer = core.ask(key, waiter);
      int after = core.queued();
      if (after != before && (after == 1 || after % options.batchSize() == 0)) {
        work.signal();
      }
      return answer;
    } finally {
      lock.unlock();
    }
  }

  /** Whether look-ups are being made: the breaker is closed. */
  public boolean isHealthy() {
    return health.isAnswering();
  }

  /**
   * Whom to tell when look-ups stop or go on; told on a thread of this service, shortly after.
   *
   * @param newListener returns soon and throws nothing
   */
  public void onChange(Runnable newListener) {
    health.onChange(newListener);
  }

  /** From now on what fails is tried again by {@code policy}. */
  public void retry(RetryPolicy policy) {
    lock.lock();
    try {
      core.retry(policy);
    } finally {
      lock.unlock();
    }
  }

  private void handOut() {
    handingOut.set(false); // before the queue is read: whatever is added later announces itself
    LookupCore.Ask ask;
    while ((ask = ended.poll()) != null) {
      for (Waiter waiter : ask.waiters) {
        try {
          waiter.answered(ask.key, ask.answer());
        } catch (RuntimeException e) {
          throw e;
        } catch (Exception e) {
          throw new IllegalStateException("an answer could not be taken: " + ask.key, e);
        }
      }
    }
  }

  // Never under the lock: the executor is a stranger.
  private void announce() {
    if (!ended.isEmpty() && handingOut.compareAndSet(false, true)) {
      try {
        caller.execute(this::handOut);
      } catch (RejectedExecutionException e) {
        // The caller is gone, and with it whoever waited: a restored job asks anew.
        handingOut.set(false);
      } catch (RuntimeException e) {
        handingOut.set(false); // the next one to end announces both
        throw e;
      }
    }
    health.tell();
  }

  // ---- the threads ----

  private void batches(Line line) {
    while (!closed) {
      try {
        List<LookupCore.Ask> batch = nextBatch();
        if (!batch.isEmpty()) {
          run(line, batch);
        }
      } catch (InterruptedException e) {
        return; // only close() interrupts
      } catch (RuntimeException | Error e) {
        failed(e); // the batch's keys end by their bound
      }
      announce();
    }
  }

  private List<LookupCore.Ask> nextBatch() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        if (core.queued() == 0) {
          work.await();
          continue;
        }
        long wait = core.untilBatch();
        if (wait > 0) {
          var unused = work.awaitNanos(wait);
          continue;
        }
        List<LookupCore.Ask> batch = core.take();
        if (core.queued() > 0) {
          work.signal();
        }
        return batch;
      }
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private void run(Line line, List<LookupCore.Ask> batch) {
    List<LookupKey> keys = new ArrayList<>(batch.size());
    for (LookupCore.Ask ask : batch) {
      keys.add(ask.key);
    }
    List<Answer> answers = null;
    inUse.incrementAndGet();
    try {
      answers = line.ask(keys);
    } catch (LookupFailure | RuntimeException | Error e) {
      failed(e);
    } finally {
      inUse.decrementAndGet();
    }
    lock.lock();
    try {
      if (answers != null) {
        core.succeeded(batch, answers);
      } else {
        core.failed(batch);
        due.signal(); // retries may be due before the timer would look
      }
      health.note(core.breaker());
    } finally {
      lock.unlock();
    }
  }

  private void probes(Line line) {
    while (!closed) {
      try {
        probe(line);
        // After any failure soon again: without traffic a dead catalog is to be known for one as
        // fast as with it, and one that is back is to be tried often before it is trusted.
        TimeUnit.MILLISECONDS.sleep(
            health.isAnswering() && rate.rate() == 0
                ? options.probeInterval().toMillis()
                : Math.min(options.probeInterval().toMillis(), QUICK_PROBE_MS));
      } catch (InterruptedException e) {
        return; // only close() interrupts
      } catch (RuntimeException | Error e) {
        failed(e);
      }
      announce();
    }
  }

  private void probe(Line line) {
    boolean should;
    lock.lock();
    try {
      should = core.shouldProbe();
      health.note(core.breaker());
    } finally {
      lock.unlock();
    }
    if (!should) {
      return;
    }
    boolean well = false;
    probeTime.begin();
    try {
      line.probe();
      probeTime.answered();
      well = true;
    } catch (LookupFailure | RuntimeException e) {
      failed(e);
    } finally {
      lock.lock();
      try {
        core.probed(well);
        health.note(core.breaker());
      } finally {
        lock.unlock();
      }
    }
  }

  private void timer() {
    long longest = longestSleep();
    while (!closed) {
      try {
        lock.lockInterruptibly();
        try {
          coarseNow = nanos.getAsLong();
          int before = core.queued();
          core.tick();
          if (core.queued() > before) {
            work.signalAll();
          }
          countHits();
          health.note(core.breaker());
        } finally {
          lock.unlock();
        }
        boolean calling = breakOffOverlong();
        announce();
        lock.lockInterruptibly();
        try {
          var unused = due.awaitNanos(core.untilDue(calling ? WATCH_INTERVAL : longest));
        } finally {
          lock.unlock();
        }
      } catch (InterruptedException e) {
        return; // only close() interrupts
      } catch (RuntimeException | Error e) {
        failed(e);
      }
    }
  }

  // Here and not at each hit, which must cost nothing.
  private void countHits() {
    long hit = hits.get() - hitsSeen;
    long missed = misses.get() - missesSeen;
    hitsSeen += hit;
    missesSeen += missed;
    missRate.add(hit + missed, missed);
  }

  // Often enough to end keys in time and to see that an answer is no longer fresh.
  private long longestSleep() {
    long shortest =
        Math.min(
            options.keyBound().toNanos(),
            Math.min(options.cacheTtl().toNanos(), options.unknownTtl().toNanos()) / 5);
    return Math.max(SHORTEST_SLEEP, Math.min(LONGEST_SLEEP, shortest / 4));
  }

  // A trickle of bytes keeps every single time-out from striking.
  private boolean breakOffOverlong() {
    boolean calling = false;
    for (Line line : lines) {
      line.breakOff(options.batchBound().toNanos());
      calling |= line.isBusy();
    }
    return calling;
  }

  private void failed(Throwable cause) {
    if (!closed) { // what close() breaks off is no failure
      health.failed(cause);
    }
  }

  /** The newest failure in words while not all goes well, else null; from any thread. */
  public String trouble() {
    return health.isAnswering() && rate.rate() == 0 ? null : health.lastError();
  }

  /** How it is doing; from any thread. */
  public LookupStats stats() {
    lock.lock();
    try {
      int busy = inUse.get();
      return new LookupStats(
          hits.get(),
          misses.get(),
          core.lookups(),
          core.failures(),
          core.attempts(),
          health.errors(),
          core.pending(),
          busy < options.connections() ? 0 : batchesWaiting(),
          busy,
          options.connections() - busy,
          1 - missRate.rate(),
          probeTime.nanos(),
          core.breaker(),
          rate.rate());
    } finally {
      lock.unlock();
    }
  }

  private int batchesWaiting() {
    int keys = Math.min(core.queued(), core.pending()); // some in the queue may have ended
    return (keys + options.batchSize() - 1) / options.batchSize();
  }

  /** Ends all threads and connections; who still waits is told nothing any more. */
  @Override
  public void close() {
    closed = true;
    lock.lock();
    try {
      work.signalAll();
      due.signalAll();
    } finally {
      lock.unlock();
    }
    crew.interrupt();
    for (Line line : lines) {
      line.close();
    }
    crew.join();
  }
}
