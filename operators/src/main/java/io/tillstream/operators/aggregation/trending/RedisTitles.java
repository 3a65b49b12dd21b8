package io.tillstream.operators.aggregation.trending;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tillstream.operators.redis.RedisUris;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Titles from the catalog in Redis ({@code product:{item_id}}: {@code title}, {@code category}),
 * read by a daemon thread of its own and remembered: for five minutes, then looked up again while
 * the old one is still shown. A Redis that fails is tried again after a second.
 */
public final class RedisTitles implements Titles {

  /**
   * Makes them.
   *
   * @param uri {@code redis://[user:password@]host[:port][/database]}, or {@code rediss://}
   */
  public record Factory(String uri) implements Titles.Factory {

    @Override
    public Titles open() {
      return new RedisTitles(RedisUris.withPort(uri), System::nanoTime);
    }

    @Override
    public String toString() {
      return "RedisTitles"; // the URI may hold a password
    }
  }

  private record Known(Title title, long staleAt) {}

  private static final Logger LOG = LoggerFactory.getLogger(RedisTitles.class);
  private static final long KNOWN_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final long MISSING_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long BACKOFF_MILLIS = 1_000;
  private static final int TIMEOUT_MILLIS = 500;
  private static final int MAX_KNOWN = 20_000;
  private static final int MAX_ASKED = 1_000;

  private final URI uri;
  private final LongSupplier nanoClock;
  private final Cache<String, Known> known = Caffeine.newBuilder().maximumSize(MAX_KNOWN).build();
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>(MAX_ASKED);
  private final Set<String> inQuestion = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread reader;
  private volatile Jedis jedis;

  RedisTitles(URI uri, LongSupplier nanoClock) {
    this.uri = uri;
    this.nanoClock = nanoClock;
    reader = new Thread(this::run, "trending-titles");
    reader.setDaemon(true);
    reader.start();
  }

  @Override
  public Title peek(String itemId) {
    Known entry = known.getIfPresent(itemId);
    if ((entry == null || entry.staleAt - nanoClock.getAsLong() < 0)
        && inQuestion.add(itemId)
        && !asked.offer(itemId)) {
      inQuestion.remove(itemId);
    }
    return entry == null ? Title.NONE : entry.title;
  }

  @Override
  public void close() {
    closing.countDown();
    reader.interrupt();
    disconnect(); // the thread may be waiting for an answer
  }

  private void run() {
    try {
      boolean failing = false;
      while (closing.getCount() > 0) {
        String itemId = asked.take();
        try {
          Title title = read(itemId);
          long life = title.equals(Title.NONE) ? MISSING_NANOS : KNOWN_NANOS;
          known.put(itemId, new Known(title, nanoClock.getAsLong() + life));
          inQuestion.remove(itemId);
          failing = false;
        } catch (RuntimeException e) {
          inQuestion.remove(itemId);
          disconnect();
          if (!failing && closing.getCount() > 0) {
            LOG.warn("No titles for trending products for now: {}", e.getMessage());
            failing = true;
          }
          if (closing.await(BACKOFF_MILLIS, TimeUnit.MILLISECONDS)) {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } finally {
      disconnect();
    }
  }

  private Title read(String itemId) {
    Jedis open = jedis;
    if (open == null) {
      open = connect();
      jedis = open;
    }
    try {
      List<String> fields = open.hmget("product:" + itemId, "title", "category");
      return new Title(fields.get(0), fields.get(1));
    } catch (JedisDataException e) {
      if (String.valueOf(e.getMessage()).startsWith("WRONGTYPE")) {
        return Title.NONE; // a key of another kind: no product
      }
      throw e;
    }
  }

  private Jedis connect() {
    return new Jedis(
        uri,
        DefaultJedisClientConfig.builder()
            .resp2()
            .autoNegotiateProtocol(false)
            .connectionTimeoutMillis(TIMEOUT_MILLIS)
            .socketTimeoutMillis(TIMEOUT_MILLIS)
            .build());
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
}
