package io.tillstream.operators.enrichment.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

@Timeout(60)
class RedisLookupsTest {
  private static final LookupKey SHOE = new LookupKey(LookupKind.CATEGORY, "SKU1");
  private static final LookupKey ANN = new LookupKey(LookupKind.SEGMENT, "ann");

  private RedisProcess redis;
  private Lookups lookups;

  @BeforeEach
  void start() throws IOException {
    redis = new RedisProcess();
    load();
    lookups = new RedisLookups(RedisOptions.of(redis.uri()));
  }

  private void load() {
    try (Jedis jedis = redis.client()) {
      jedis.hset("product:SKU1", Map.of("title", "Runner", "category", "shoes"));
      jedis.hset("product:SKU2", Map.of("title", "Nameless"));
      jedis.hset("product:SKU3", Map.of("category", ""));
      jedis.hset("product:кот", Map.of("category", "кошки"));
      jedis.set("product:SKU4", "a string");
      jedis.hset("user:ann", Map.of("segment", "gold"));
      jedis.set("catalog:loaded_at", "2026-11-24T00:00:00Z");
    }
  }

  @AfterEach
  void stop() throws IOException {
    lookups.close();
    redis.close();
  }

  private static LookupKey product(String id) {
    return new LookupKey(LookupKind.CATEGORY, id);
  }

  private List<String> values(LookupKey... keys) throws LookupFailure {
    return lookups.ask(List.of(keys)).stream().map(Answer::value).toList();
  }

  @Test
  void answersInTheOrderOfTheKeys() throws LookupFailure {
    assertThat(
            values(
                SHOE, ANN, product("кот"), new LookupKey(LookupKind.TITLE, "SKU2"), product("no")))
        .containsExactly("shoes", "gold", "кошки", "Nameless", "unknown");
  }

  @Test
  void nothingThereIsAnAnswer() throws LookupFailure {
    List<Answer> answers =
        lookups.ask(
            List.of(product("none"), product("SKU2"), product("SKU3"), product("SKU4"), SHOE));
    assertThat(answers.subList(0, 4)).containsOnly(Answer.UNKNOWN);
    assertThat(answers.get(4).value()).isEqualTo("shoes");
  }

  @Test
  void aFullBatch() throws LookupFailure {
    List<LookupKey> keys = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      keys.add(i % 2 == 0 ? SHOE : product("x".repeat(128) + i));
    }
    List<Answer> answers = lookups.ask(keys);
    for (int i = 0; i < 256; i++) {
      assertThat(answers.get(i).value()).isEqualTo(i % 2 == 0 ? "shoes" : "unknown");
    }
  }

  @Test
  void aRedisWithoutCatalogFailsUntilItIsLoaded() throws LookupFailure {
    try (Jedis jedis = redis.client()) {
      jedis.flushAll();
    }
    assertThatThrownBy(() -> values(SHOE))
        .isInstanceOf(LookupFailure.class)
        .hasMessageContaining("catalog:loaded_at is missing");
    assertThatThrownBy(lookups::probe).isInstanceOf(LookupFailure.class);
    load();
    lookups.probe();
    assertThat(values(SHOE)).containsExactly("shoes");
  }

  @Test
  void theCheckCanBeSwitchedOff() throws LookupFailure {
    try (Jedis jedis = redis.client()) {
      jedis.del("catalog:loaded_at");
    }
    try (Lookups unchecked = new RedisLookups(RedisOptions.of(redis.uri()).withCatalogKey(""))) {
      unchecked.probe();
      assertThat(unchecked.ask(List.of(SHOE)).get(0).value()).isEqualTo("shoes");
    }
  }

  @Test
  void comesBackAfterAKill() throws Exception {
    assertThat(values(SHOE)).containsExactly("shoes");
    redis.kill();
    assertThatThrownBy(() -> values(SHOE)).isInstanceOf(LookupFailure.class);
    assertThatThrownBy(() -> values(SHOE)).isInstanceOf(LookupFailure.class);
    redis.start();
    load();
    assertThat(values(SHOE)).containsExactly("shoes");
  }

  @Test
  void silenceFailsInTime() throws Exception {
    assertThat(values(SHOE)).containsExactly("shoes");
    redis.freeze();
    long begin = System.nanoTime();
    assertThatThrownBy(() -> values(SHOE)).isInstanceOf(LookupFailure.class);
    assertThatThrownBy(() -> values(SHOE)).isInstanceOf(LookupFailure.class);
    assertThat(System.nanoTime() - begin).isLessThan(3_000_000_000L);
    redis.thaw();
    assertThat(values(SHOE, ANN)).containsExactly("shoes", "gold");
  }

  @Test
  void aRefusalFails() throws Exception {
    try (RedisProcess guarded = new RedisProcess("--requirepass", "s3:cr et")) {
      RedisOptions open = RedisOptions.of(guarded.uri());
      try (Lookups stranger = new RedisLookups(open)) {
        assertThatThrownBy(stranger::probe)
            .isInstanceOf(LookupFailure.class)
            .hasMessageContaining("NOAUTH");
      }
      String uri = "redis://:s3%3Acr%20et@127.0.0.1:" + guarded.port() + "/3";
      try (Lookups wrong = new RedisLookups(RedisOptions.of(uri.replace("s3", "s4")))) {
        assertThatThrownBy(wrong::probe).isInstanceOf(LookupFailure.class);
      }
      try (Jedis jedis = guarded.client()) {
        jedis.auth("s3:cr et");
        jedis.select(3);
        jedis.hset("product:SKU1", Map.of("category", "boots"));
        jedis.set("catalog:loaded_at", "now");
      }
      try (Lookups friend = new RedisLookups(RedisOptions.of(uri))) {
        assertThat(friend.ask(List.of(SHOE)).get(0).value()).isEqualTo("boots");
      }
    }
  }

  @Test
  void aBrokenOffCallFails() throws Exception {
    redis.freeze();
    Thread breaker =
        new Thread(
            () -> {
              long end = System.nanoTime() + 100_000_000;
              while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
              }
              lookups.abort();
            });
    breaker.start();
    assertThatThrownBy(() -> values(SHOE)).isInstanceOf(LookupFailure.class);
    breaker.join();
    redis.thaw();
    assertThat(values(SHOE)).containsExactly("shoes");
  }

  @Test
  void optionsNameWhatIsWrongAndHideThePassword() {
    assertThat(RedisOptions.of("rediss://me:secret@shop.example:7000/2").toString())
        .isEqualTo("rediss://shop.example:7000/2");
    for (String bad :
        List.of(
            "http://h", "redis://", "redis://h/x", "redis://me@h", "redis://:secret@h:port", "")) {
      assertThatThrownBy(() -> RedisOptions.of(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("uri must be redis[s]://")
          .hasMessageNotContaining("secret");
    }
  }
}
