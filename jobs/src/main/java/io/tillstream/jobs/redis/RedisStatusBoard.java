package io.tillstream.jobs.redis;

import io.tillstream.operators.orchestration.StatusBoard;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.params.SetParams;

/**
 * The keys {@code agent:{name}:status} in Redis, written every two seconds and on a change by a
 * daemon thread. They expire after ten seconds: who finds none knows that nobody judges. Without
 * Redis nothing is shown and nobody is told.
 */
public final class RedisStatusBoard implements StatusBoard {
  private static final Logger LOG = LoggerFactory.getLogger(RedisStatusBoard.class);
  private static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long BACKOFF_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long EXPIRY_MILLIS = 10_000;

  private final RedisAddress address;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread writer;
  private Map<String, Boolean> newest = Map.of();
  private long toldAt;
  private boolean news;
  private boolean closed;
  private Jedis jedis; // the writer's own

  private RedisStatusBoard(RedisAddress address) {
    this.address = address;
    this.writer = new Thread(this::run, "agent-status-board");
    writer.setDaemon(true);
    writer.start();
  }

  /** A factory that travels with the job. */
  public static StatusBoard.Factory factory(RedisAddress address) {
    return () -> new RedisStatusBoard(address);
  }

  @Override
  public void show(Map<String, Boolean> healthy) {
    lock.lock(); // never held while Redis is asked
    try {
      toldAt = System.nanoTime();
      if (!healthy.equals(newest)) {
        newest = Map.copyOf(healthy);
        news = true;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      long pause = REPEAT_NANOS;
      while (true) {
        Map<String, Boolean> next = await(pause);
        if (next == null) {
          return;
        }
        pause = write(next) ? REPEAT_NANOS : BACKOFF_NANOS;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } finally {
      disconnect();
    }
  }

  /** Waits for a change, or until it is time to repeat; null if the board is closed. */
  private Map<String, Boolean> await(long pause) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = pause;
      while (!news && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      news = false;
      if (closed) {
        return null;
      }
      // Of an orchestrator that is stuck nothing is repeated.
      return System.nanoTime() - toldAt < FRESH_NANOS ? newest : Map.of();
    } finally {
      lock.unlock();
    }
  }

  private boolean write(Map<String, Boolean> healthy) {
    if (healthy.isEmpty()) {
      return true;
    }
    try {
      if (jedis == null) {
        jedis = address.connect(Duration.ZERO);
      }
      SetParams expiring = SetParams.setParams().px(EXPIRY_MILLIS);
      Pipeline pipeline = jedis.pipelined();
      healthy.forEach(
          (agent, well) -> pipeline.set(key(agent), well ? "healthy" : "unhealthy", expiring));
      pipeline.syncAndReturnAll().forEach(RedisStatusBoard::check);
      return true;
    } catch (RuntimeException e) {
      LOG.debug("The agents' states are not on the board: {}", e.getMessage());
      disconnect();
      return false;
    }
  }

  private static void check(Object answer) {
    if (answer instanceof RuntimeException refusal) {
      throw refusal;
    }
  }

  /** The key of an agent. */
  static String key(String agent) {
    return "agent:" + agent + ":status";
  }

  private void disconnect() {
    Jedis open = jedis;
    jedis = null;
    if (open != null) {
      try {
        open.close();
      } catch (RuntimeException e) {
        LOG.debug("Closing a broken connection", e);
      }
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    writer.interrupt();
  }
}
