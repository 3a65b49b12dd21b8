package io.tillstream.operators.enrichment.lookup;

import com.github.benmanes.caffeine.cache.Cache;
import io.tillstream.routing.retry.CircuitBreaker;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Look-ups for one caller's thread: the cache in front, batches over a few connections behind, each
 * with a thread of its own, a timer for retries and bounds, a prober. Answers come back through the
 * caller's executor, on the caller's thread.
 */
public final class LookupService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LookupService.class);
  private static final long LONGEST_SLEEP = 200_000_000;
  private static final long SHORTEST_SLEEP = 5_000_000;
  private static final long WATCH_INTERVAL = 50_000_000;

  /** A connection and since when it has been in a call. */
  private static final class Line {
    final Lookups lookups;
    volatile long busySince; // 0 while at rest

    Line(Lookups lookups) {
      this.lookups = lookups;
    }
  }

  private final LookupOptions options;
  private final LongSupplier nanos;
  private final Executor caller;
  private final AnswerCache cache;
  private final Cache<String, AnswerCache.Kept> categories;
  private final Cache<String, AnswerCache.Kept> segments;
  private final SlidingRate rate;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition due = lock.newCondition();
  private final LookupCore core;
  private CircuitBreaker.State lastState = CircuitBreaker.State.CLOSED;
  private long lastStateAt;

  private final Queue<LookupCore.Ask> ended = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean handingOut = new AtomicBoolean();
  private final List<Line> lines = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger inUse = new AtomicInteger();
  private final AtomicLong errors = new AtomicLong();
  private final Tally hits = new Tally();
  private final Tally misses = new Tally();
  private final AtomicBoolean changed = new AtomicBoolean();
  private volatile Runnable listener = () -> {};
  private volatile boolean closed;
  private volatile boolean breakerClosed = true;
  private volatile long coarseNow;
  private volatile long probeNanos;
  private volatile String lastError;

  /**
   * Starts; connects to nothing yet.
   *
   * @param caller runs what it is given on the one thread that asks; it may refuse when that thread
   *     is gone
   */
  public LookupService(LookupOptions options, Lookups.Factory connections, Executor caller) {
    this(options, connections, caller, System::nanoTime, true);
  }

  LookupService(
      LookupOptions options,
      Lookups.Factory connections,
      Executor caller,
      LongSupplier nanos,
      boolean probing) {
    this.options = options;
    this.nanos = nanos;
    this.caller = caller;
    this.cache = new AnswerCache(options, nanos);
    this.categories = cache.of(LookupKind.CATEGORY);
    this.segments = cache.of(LookupKind.SEGMENT);
    this.rate = new SlidingRate(nanos);
    this.core = new LookupCore(options, nanos, new Random(), cache, rate, ended::add);
    this.coarseNow = nanos.getAsLong();
    this.lastStateAt = coarseNow;
    for (int i = 0; i < options.connections(); i++) {
      Line line = new Line(connections.open());
      lines.add(line);
      start("lookup-" + i, () -> batches(line));
    }
    if (probing) {
      Line line = new Line(connections.open());
      lines.add(line);
      start("lookup-probe", () -> probes(line));
    }
    start("lookup-timer", this::timer);
  }

  private void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(LookupService.class.getClassLoader());
    threads.add(thread);
    thread.start();
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
    if (kept.refreshAt() - coarseNow < 0 && options.refreshAhead() && breakerClosed) {
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
    return breakerClosed;
  }

  /**
   * Whom to tell when look-ups stop or go on; told on a thread of this service, shortly after.
   *
   * @param newListener returns soon and throws nothing
   */
  public void onChange(Runnable newListener) {
    listener = newListener;
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
    if (changed.getAndSet(false)) {
      listener.run();
    }
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
    line.busySince = nonZero(nanos.getAsLong());
    try {
      answers = line.lookups.ask(keys);
      if (answers.size() != keys.size()) {
        throw new IllegalStateException(answers.size() + " answers to " + keys.size() + " keys");
      }
    } catch (LookupFailure | RuntimeException | Error e) {
      answers = null;
      failed(e);
    } finally {
      line.busySince = 0;
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
      noteState();
    } finally {
      lock.unlock();
    }
  }

  private void probes(Line line) {
    while (!closed) {
      try {
        probe(line);
        long pause =
            breakerClosed
                ? options.probeInterval().toMillis()
                : Math.min(options.probeInterval().toMillis(), 50);
        TimeUnit.MILLISECONDS.sleep(pause);
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
      noteState();
    } finally {
      lock.unlock();
    }
    if (!should) {
      return;
    }
    boolean well = false;
    long begin = nanos.getAsLong();
    line.busySince = nonZero(begin);
    try {
      line.lookups.probe();
      well = true;
      probeNanos = nanos.getAsLong() - begin;
    } catch (LookupFailure | RuntimeException e) {
      failed(e);
    } finally {
      line.busySince = 0;
      lock.lock();
      try {
        core.probed(well);
        noteState();
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
          noteState();
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
      long since = line.busySince;
      calling |= since != 0;
      if (since != 0 && nanos.getAsLong() - since > options.batchBound().toNanos()) {
        line.lookups.abort();
      }
    }
    return calling;
  }

  private static long nonZero(long value) {
    return value == 0 ? 1 : value;
  }

  private void failed(Throwable cause) {
    errors.incrementAndGet();
    if (closed) {
      return;
    }
    lastError = String.valueOf(cause.getMessage());
    if (cause instanceof LookupFailure) {
      LOG.debug("look-up failed", cause);
    } else {
      LOG.warn("look-up failed", cause);
    }
  }

  private void noteState() {
    CircuitBreaker.State state = core.breaker();
    breakerClosed = state == CircuitBreaker.State.CLOSED;
    if (state == lastState) {
      return;
    }
    if (state == CircuitBreaker.State.CLOSED) {
      LOG.info("The catalog answers again.");
    } else if (lastState == CircuitBreaker.State.CLOSED) {
      LOG.warn("Look-ups stop, the catalog does not answer: {}", lastError);
    }
    boolean wasDown = lastState != CircuitBreaker.State.CLOSED;
    boolean isDown = state != CircuitBreaker.State.CLOSED;
    if (wasDown != isDown) {
      lastStateAt = nanos.getAsLong();
      changed.set(true);
    }
    lastState = state;
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
          errors.get(),
          core.pending(),
          core.queued(),
          busy,
          options.connections() - busy,
          probeNanos,
          core.breaker(),
          nanos.getAsLong() - lastStateAt,
          rate.rate(),
          lastError);
    } finally {
      lock.unlock();
    }
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
    for (Thread thread : threads) {
      thread.interrupt();
    }
    for (Line line : lines) {
      line.lookups.close();
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join(1_000);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
