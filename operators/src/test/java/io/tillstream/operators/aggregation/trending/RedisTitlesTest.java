package io.tillstream.operators.aggregation.trending;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

@Timeout(60)
class RedisTitlesTest {
  private static final String PASSWORD = "s3cret:/@";

  private final AtomicLong nanos = new AtomicLong();
  private int port;
  private RedisServer redis;
  private Titles titles;

  @BeforeEach
  void start() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    startRedis();
    titles =
        new RedisTitles(
            URI.create("redis://:s3cret%3A%2F%40@127.0.0.1:" + port + "/2"), nanos::get);
  }

  @AfterEach
  void stop() throws IOException {
    titles.close();
    redis.stop();
  }

  private void startRedis() throws IOException {
    redis =
        RedisServer.newRedisServer()
            .port(port)
            .bind("127.0.0.1")
            .setting("save \"\"")
            .setting("requirepass " + PASSWORD)
            .build();
    redis.start();
  }

  private Jedis client() {
    Jedis jedis = new Jedis("127.0.0.1", port);
    jedis.auth(PASSWORD);
    jedis.select(2);
    return jedis;
  }

  private void awaitTitle(String itemId, Title title) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!titles.peek(itemId).equals(title) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(titles.peek(itemId)).isEqualTo(title);
  }

  @Test
  void readsBehindTheCallersBackAndRemembers() {
    try (Jedis jedis = client()) {
      jedis.hset("product:a", Map.of("title", "Schuh", "category", "shoes"));
      jedis.hset("product:b", Map.of("title", "Hut"));
      jedis.set("product:c", "not a hash");
      assertThat(titles.peek("a")).isEqualTo(Title.NONE);
      awaitTitle("a", new Title("Schuh", "shoes"));
      titles.peek("c");
      awaitTitle("b", new Title("Hut", null));
      jedis.hset("product:a", Map.of("title", "Boot"));
      assertThat(titles.peek("a")).isEqualTo(new Title("Schuh", "shoes"));
      nanos.addAndGet(Duration.ofMinutes(6).toNanos());
      awaitTitle("a", new Title("Boot", "shoes"));
    }
  }

  @Test
  void aDeadRedisYieldsNoTitlesUntilItIsBack() throws IOException {
    redis.stop();
    assertThat(titles.peek("a")).isEqualTo(Title.NONE);
    startRedis();
    try (Jedis jedis = client()) {
      jedis.hset("product:a", Map.of("title", "Schuh"));
    }
    awaitTitle("a", new Title("Schuh", null));
  }

  @Test
  void theAddressIsNotShown() {
    assertThat(new RedisTitles.Factory("redis://:secret@host").toString()).doesNotContain("secret");
  }
}
