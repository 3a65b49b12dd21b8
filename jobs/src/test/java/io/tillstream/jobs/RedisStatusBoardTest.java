package io.tillstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.jobs.redis.RedisAddress;
import io.tillstream.jobs.redis.RedisStatusBoard;
import io.tillstream.operators.orchestration.StatusBoard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The agents' states in a real Redis, for others to read. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class RedisStatusBoardTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String KEY = "agent:enrichment:status";

  @TempDir Path folder;

  private TestRedis redis;
  private StatusBoard board;

  @BeforeEach
  void start() throws Exception {
    redis = new TestRedis(folder);
    redis.start();
    board = RedisStatusBoard.factory(redis.address()).open();
  }

  @AfterEach
  void stop() throws Exception {
    board.close();
    redis.close();
  }

  private void awaitShown(String key, String wanted, Map<String, Boolean> healthy)
      throws Exception {
    try (Jedis jedis = redis.client()) {
      TestServer.await(
          key + " " + wanted,
          PATIENCE,
          () -> {
            board.show(healthy); // as the ticks do
            return wanted.equals(jedis.get(key));
          });
    }
  }

  @Test
  void everyAgentHasAKeyThatExpires() throws Exception {
    Map<String, Boolean> healthy = Map.of("enrichment", true, "backup-aggregation", false);
    awaitShown(KEY, "healthy", healthy);
    awaitShown("agent:backup-aggregation:status", "unhealthy", healthy);
    awaitShown(KEY, "unhealthy", Map.of("enrichment", false));
    try (Jedis jedis = redis.client()) {
      assertThat(jedis.pttl(KEY)).isBetween(1L, 10_000L);
      // Nothing is left of it, and it is there again without any change.
      jedis.flushAll();
    }
    awaitShown(KEY, "unhealthy", Map.of("enrichment", false));
  }

  @Test
  void withoutRedisNothingIsShownAndNobodyWaits() throws Exception {
    awaitShown(KEY, "healthy", Map.of("enrichment", true));
    redis.freeze();
    long slowest = 0;
    for (int i = 0; i < 1_000; i++) {
      long start = System.nanoTime();
      board.show(Map.of("enrichment", i % 2 == 0));
      slowest = Math.max(slowest, System.nanoTime() - start);
    }
    assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofMillis(200));
    redis.thaw();
    redis.kill();
    board.show(Map.of("enrichment", true));
    redis.start();
    awaitShown(KEY, "unhealthy", Map.of("enrichment", false));
  }

  @Test
  void anAddressNeverShowsItsPassword() {
    assertThat(new RedisAddress("redis://:secret@host").toString()).doesNotContain("secret");
  }
}
