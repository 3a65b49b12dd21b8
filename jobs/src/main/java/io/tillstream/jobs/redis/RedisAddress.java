package io.tillstream.jobs.redis;

import io.tillstream.operators.redis.RedisUris;
import java.io.Serializable;
import java.time.Duration;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;

/**
 * Where Redis is; makes connections with hard time-outs.
 *
 * @param uri {@code redis://[user:password@]host[:port][/database]}, or {@code rediss://} for TLS
 */
public record RedisAddress(String uri) implements Serializable {
  private static final int TIMEOUT_MILLIS = 500;

  /**
   * Connects.
   *
   * @param longestBlock how long a blocking command may block by itself
   * @throws redis.clients.jedis.exceptions.JedisException if nobody answers in half a second
   */
  Jedis connect(Duration longestBlock) {
    return new Jedis(
        RedisUris.withPort(uri),
        DefaultJedisClientConfig.builder()
            .resp2()
            .autoNegotiateProtocol(false)
            .connectionTimeoutMillis(TIMEOUT_MILLIS)
            .socketTimeoutMillis(TIMEOUT_MILLIS)
            // Jedis would wait for ever: a Redis that hangs must be noticed.
            .blockingSocketTimeoutMillis(Math.toIntExact(longestBlock.toMillis()) + TIMEOUT_MILLIS)
            .build());
  }

  @Override
  public String toString() {
    return "RedisAddress"; // the URI may hold a password
  }
}
