package io.tillstream.jobs.redis;

import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentReportJson;
import io.tillstream.routing.agent.ReportChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.XAddParams;

/**
 * Reports to a Redis stream of bounded length. A daemon thread writes: a sender never waits for
 * Redis, and what could not be written within two seconds is dropped, as the next report says more.
 */
public final class RedisReportChannel implements ReportChannel {
  /** The field of an entry that holds the report's JSON. */
  static final byte[] FIELD = "report".getBytes(StandardCharsets.UTF_8);

  /** About how many reports the stream holds at most: some ten minutes of a dozen agents. */
  public static final long MAX_LENGTH = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(RedisReportChannel.class);
  private static final int MAX_WAITING = 64;
  private static final long WORTH_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long BACKOFF_MILLIS = 200;
  private static final long CLOSE_MILLIS = 1_000;

  private static final Waiting END = new Waiting(null, 0);

  /** A report's JSON; null says that none follows. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Waiting(byte[] json, long since) {}

  private final RedisAddress address;
  private final byte[] stream;
  private final long maxLength;
  private final BlockingDeque<Waiting> waiting = new LinkedBlockingDeque<>(MAX_WAITING);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread writer;
  private Jedis jedis;

  private RedisReportChannel(RedisAddress address, String stream, long maxLength) {
    this.address = address;
    this.stream = stream.getBytes(StandardCharsets.UTF_8);
    this.maxLength = maxLength;
    this.writer = new Thread(this::run, "redis-reports");
    writer.setDaemon(true);
    writer.start();
  }

  /** A factory that travels with the job. */
  public static ReportChannel.Factory factory(RedisAddress address, String stream) {
    return factory(address, stream, MAX_LENGTH);
  }

  /**
   * A factory of channels to a stream of another length.
   *
   * @param maxLength how many entries it holds at most; Redis may keep about a hundred more
   */
  public static ReportChannel.Factory factory(RedisAddress address, String stream, long maxLength) {
    return () -> new RedisReportChannel(address, stream, maxLength);
  }

  @Override
  public void send(AgentReport report) {
    if (closing.getCount() > 0) {
      put(new Waiting(AgentReportJson.write(report), System.nanoTime()));
    }
  }

  private void put(Waiting next) {
    while (!waiting.offer(next)) {
      waiting.poll(); // the oldest is worth least
    }
  }

  private void run() {
    try {
      for (Waiting next = waiting.take(); next.json() != null; next = waiting.take()) {
        if (System.nanoTime() - next.since() < WORTH_NANOS && !write(next)) {
          if (closing.await(BACKOFF_MILLIS, TimeUnit.MILLISECONDS)) {
            return;
          }
          // Again, before those that came later. If Redis took it and only its answer was lost it
          // is
          // there twice: a reader knows by the sequence.
          waiting.offerFirst(next);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } finally {
      disconnect();
    }
  }

  private boolean write(Waiting next) {
    try {
      if (jedis == null) {
        jedis = address.connect(Duration.ZERO);
      }
      jedis.xadd(
          stream,
          XAddParams.xAddParams().maxLen(maxLength).approximateTrimming(),
          Map.of(FIELD, next.json()));
      return true;
    } catch (RuntimeException e) {
      LOG.debug("report not sent: {}", e.getMessage());
      disconnect();
      return false;
    }
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
    closing.countDown();
    put(END);
    try {
      writer.join(CLOSE_MILLIS); // the last word of an agent that completed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.interrupt();
  }
}
