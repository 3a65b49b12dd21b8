package io.tillstream.operators.enrichment.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.routing.retry.CircuitBreaker;
import io.tillstream.routing.retry.RetryPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LookupServiceTest {
  private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
  private final FakeLookups.World world = new FakeLookups.World();
  private final Map<LookupKey, Answer> got = new HashMap<>();
  private int answers;
  private LookupService service;

  private void start(LookupOptions options) {
    service = new LookupService(options, world, mailbox::add);
  }

  private static LookupOptions quick() {
    return LookupOptions.standard()
        .withBounds(Duration.ofMillis(200), Duration.ofMillis(800))
        .withFailures(
            new RetryPolicy(3, Duration.ofMillis(2), 2, Duration.ofMillis(10), 0.5),
            new CircuitBreaker.Settings(50, Duration.ofMillis(30)),
            Duration.ofMillis(30));
  }

  @AfterEach
  void stop() {
    service.close();
    assertThat(world.closed).hasValueGreaterThanOrEqualTo(world.opened.get());
  }

  private Answer ask(LookupKind kind, String id) {
    return service.ask(
        new LookupKey(kind, id),
        (key, answer) -> {
          answers++;
          got.put(key, answer);
        });
  }

  private Map<String, Double> indicators() {
    Map<String, Double> values = new HashMap<>();
    service.stats().read(values::put);
    return values;
  }

  private void until(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("time is up").isNegative();
      Runnable mail = mailbox.poll(5, TimeUnit.MILLISECONDS);
      if (mail != null) {
        mail.run();
      }
    }
  }

  @Test
  void answersThousandsInFewBatchesAndThenFromTheCache() throws Exception {
    start(quick());
    for (int i = 0; i < 5_000; i++) {
      world.category("p" + i, "c" + i % 10);
    }
    for (int i = 0; i < 5_000; i++) {
      assertThat(service.category("p" + i)).isNull();
      ask(LookupKind.CATEGORY, "p" + i);
    }
    until(() -> answers == 5_000);
    assertThat(world.batches).hasSizeLessThan(500);
    assertThat(world.batches).allMatch(batch -> batch.size() <= 256);
    for (int i = 0; i < 5_000; i++) {
      assertThat(service.category("p" + i).value()).isEqualTo("c" + i % 10);
    }
    assertThat(service.category("p1")).isSameAs(service.category("p11")); // shared
    LookupStats stats = service.stats();
    assertThat(stats.hits()).isEqualTo(5_002);
    assertThat(stats.misses()).isEqualTo(5_000);
    assertThat(stats.lookups()).isEqualTo(5_000);
    assertThat(stats.pending()).isZero();
    assertThat(indicators()).containsEntry("breaker_open", 0.0).containsEntry("pending_keys", 0.0);
    until(() -> Math.abs(indicators().get("cache_hit_ratio") - 0.5) < 0.01);
  }

  @Test
  void passingFailuresAreRetriedUnseen() throws Exception {
    start(quick());
    world.failNext.set(3);
    world.segment("ann", "gold");
    ask(LookupKind.SEGMENT, "ann");
    until(() -> answers == 1);
    assertThat(got.values()).extracting(Answer::value).containsExactly("gold");
    assertThat(world.batches).hasSize(4);
  }

  @Test
  void afterFourFailuresThereIsNoAnswerUntilTheProbeSucceeds() throws Exception {
    start(quick());
    world.failNext.set(4);
    ask(LookupKind.SEGMENT, "ann");
    until(() -> answers == 1);
    assertThat(got.values()).containsExactly(Answer.NONE);
    assertThat(world.batches).hasSize(4);
    until(() -> service.isHealthy());
    ask(LookupKind.SEGMENT, "ann");
    until(() -> answers == 2);
    assertThat(got.values()).containsExactly(Answer.UNKNOWN);
  }

  @Test
  void aDeadCatalogIsSeenWithoutTrafficAndComesBack() throws Exception {
    start(
        quick()
            .withFailures(
                RetryPolicy.standard(),
                new CircuitBreaker.Settings(3, Duration.ofMillis(30)),
                Duration.ofMillis(20)));
    AtomicInteger changes = new AtomicInteger();
    service.onChange(changes::incrementAndGet);
    world.down = true;
    until(() -> !service.isHealthy());
    until(() -> changes.get() == 1);
    assertThat(ask(LookupKind.CATEGORY, "p")).isSameAs(Answer.NONE);
    assertThat(service.stats().errorRate()).isPositive();
    world.down = false;
    until(() -> service.isHealthy());
    until(() -> changes.get() == 2);
  }

  @Test
  void aHangingCatalogIsSeenWhileTheProbeIsStillOut() throws Exception {
    start(
        quick()
            .withBounds(Duration.ofSeconds(20), Duration.ofSeconds(30))
            .withFailures(
                RetryPolicy.standard(),
                new CircuitBreaker.Settings(3, Duration.ofMillis(30)),
                Duration.ofMillis(20)));
    until(() -> indicators().get("redis_probe_ms") > 0);
    assertThat(service.trouble()).isNull();
    world.hangs = true;
    until(() -> indicators().get("redis_probe_ms") > 200);
    assertThat(service.isHealthy()).isTrue(); // nothing has failed yet
    assertThat(service.stats().errors()).isZero();
    world.hangs = false;
    until(() -> indicators().get("redis_probe_ms") < 100);
  }

  @Test
  void withoutTrafficADeadCatalogIsKnownSoonAndOneThatIsBackIsTrustedSoon() throws Exception {
    start(LookupOptions.standard());
    until(() -> indicators().get("redis_probe_ms") > 0);
    world.down = true;
    long begin = System.nanoTime();
    until(() -> !service.isHealthy());
    assertThat(System.nanoTime() - begin).isLessThan(2_500_000_000L);
    assertThat(service.stats().errorRate()).isGreaterThan(0.5);
    assertThat(service.trouble()).isEqualTo("down");
    world.down = false;
    begin = System.nanoTime();
    until(() -> service.isHealthy() && service.stats().errorRate() < 0.2);
    assertThat(System.nanoTime() - begin).isLessThan(4_000_000_000L);
    until(() -> service.trouble() == null);
    assertThat(System.nanoTime() - begin).isLessThan(6_500_000_000L);
  }

  @Test
  void whoWaitsForAConnectionIsCountedWhenAllAreAtWork() throws Exception {
    start(quick().withBatches(1, 1, Duration.ZERO));
    world.hangs = true;
    ask(LookupKind.CATEGORY, "p1");
    ask(LookupKind.CATEGORY, "p2");
    ask(LookupKind.CATEGORY, "p3");
    until(() -> indicators().get("redis_pool_in_use") == 1);
    until(() -> indicators().get("redis_pool_waiting") == 2);
    assertThat(indicators()).containsEntry("redis_pool_idle", 0.0);
    until(() -> answers == 3);
    assertThat(indicators()).containsEntry("redis_pool_waiting", 0.0);
    until(() -> service.trouble() != null);
    assertThat(service.trouble()).isEqualTo("down");
    world.hangs = false;
  }

  @Test
  void whatHangsIsBrokenOffAndNobodyWaitsForEver() throws Exception {
    start(quick());
    world.hangs = true;
    for (int i = 0; i < 1_000; i++) {
      ask(LookupKind.CATEGORY, "p" + i);
    }
    long begin = System.nanoTime();
    until(() -> answers == 1_000);
    assertThat(System.nanoTime() - begin).isLessThan(19_000_000_000L);
    assertThat(got.values()).containsOnly(Answer.NONE);
    world.hangs = false;
    until(() -> service.isHealthy());
  }

  @Test
  void answersInUseAreAskedAgainBeforeTheyEnd() throws Exception {
    start(quick().withCache(Duration.ofSeconds(5), Duration.ofMillis(10), 100, 100));
    world.category("p", "old");
    ask(LookupKind.CATEGORY, "p");
    until(() -> answers == 1);
    world.category("p", "new");
    until(
        () -> {
          Answer answer = service.category("p");
          assertThat(answer).as("never expires while in use").isNotNull();
          return answer.value().equals("new");
        });
  }

  @Test
  void aGoneCallerIsNoError() throws Exception {
    service =
        new LookupService(
            quick(),
            world,
            command -> {
              throw new java.util.concurrent.RejectedExecutionException("gone");
            });
    ask(LookupKind.CATEGORY, "p");
    until(() -> !world.batches.isEmpty());
    until(() -> service.stats().pending() == 0);
    assertThat(service.stats().errors()).isZero();
  }
}
