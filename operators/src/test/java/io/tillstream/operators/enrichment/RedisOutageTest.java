package io.tillstream.operators.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.enrichment.lookup.LookupOptions;
import io.tillstream.operators.enrichment.lookup.RedisLookups;
import io.tillstream.operators.enrichment.lookup.RedisOptions;
import io.tillstream.operators.enrichment.lookup.RedisProcess;
import io.tillstream.operators.figures.Enriched;
import io.tillstream.operators.figures.EnrichedEvent;
import io.tillstream.operators.figures.RoutedCodec;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.routing.event.Routed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** The look-up against a real Redis that dies, freezes and forgets. */
@Timeout(120)
class RedisOutageTest {
  private static final int PRODUCTS = 200;

  private RedisProcess redis;
  private OneInputStreamOperatorTestHarness<Routed, Enriched> harness;
  private int sent;

  @BeforeEach
  void start() throws Exception {
    redis = new RedisProcess();
    load();
    RedisOptions target = RedisOptions.of(redis.uri());
    EnrichmentOptions options =
        EnrichmentOptions.defaults(redis.uri())
            .withLookup(
                LookupOptions.standard()
                    // No cache to speak of: every event has to ask.
                    .withCache(Duration.ofMillis(1), Duration.ofMillis(1), 10, 10));
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new EnrichOperatorFactory(options, new RedisLookups.Factory(target), null),
            new CodecSerializer<>(RoutedCodec.class),
            new MockEnvironmentBuilder().build());
    harness.setup(Enrichment.ENRICHED.createSerializer(null));
    harness.open();
  }

  private void load() {
    try (Jedis jedis = redis.client()) {
      for (int i = 0; i < PRODUCTS; i++) {
        jedis.hset("product:p" + i, Map.of("category", "c" + i % 7));
      }
      jedis.set("catalog:loaded_at", "now");
    }
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
    redis.close();
  }

  private void send(int events) throws Exception {
    for (int i = 0; i < events; i++) {
      harness.processElement(Events.view(sent, "p" + sent % PRODUCTS), sent);
      sent++;
    }
  }

  /** Sends until an event is answered again. */
  private void untilAnswered() throws Exception {
    untilNewest(event -> event.categories().get(0) != null);
  }

  /** Sends until an event is not answered any more: what little was cached is gone then. */
  private void untilNotAnswered() throws Exception {
    untilNewest(event -> event.categories().get(0) == null);
  }

  private void untilNewest(Predicate<EnrichedEvent> wanted) throws Exception {
    until(
        () -> {
          try {
            send(1);
            harness.prepareSnapshotPreBarrier(sent);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          List<EnrichedEvent> out = out();
          return wanted.test(out.get(out.size() - 1));
        });
  }

  private void until(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("time is up").isNegative();
      Optional<Mail> mail = harness.getTaskMailbox().tryTake(0);
      if (mail.isPresent()) {
        mail.get().run();
      }
    }
  }

  private List<EnrichedEvent> out() {
    return harness.extractOutputValues().stream().map(EnrichedEvent.class::cast).toList();
  }

  private List<EnrichedEvent> drained() throws Exception {
    harness.prepareSnapshotPreBarrier(sent);
    List<EnrichedEvent> out = out();
    assertThat(out).hasSize(sent);
    assertThat(out.stream().map(event -> event.event().id()).distinct()).hasSize(sent);
    for (EnrichedEvent event : out) {
      assertThat(event.categories().get(0))
          .isIn(null, "c" + event.event().id().low() % PRODUCTS % 7);
    }
    return out;
  }

  private long degraded() throws Exception {
    return drained().stream().filter(event -> event.categories().get(0) == null).count();
  }

  // On a busy machine one burst may still meet a time-out: in the end one does not.
  private void untilABurstIsAnswered() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    long before;
    do {
      assertThat(System.nanoTime() - end).as("time is up").isNegative();
      untilAnswered();
      before = degraded();
      send(2_000);
    } while (degraded() != before);
  }

  @Test
  void killedAndBack() throws Exception {
    send(2_000);
    assertThat(degraded()).isZero();
    redis.kill();
    untilNotAnswered();
    long before = degraded();
    send(2_000);
    assertThat(degraded()).isEqualTo(before + 2_000);
    redis.start();
    load();
    untilABurstIsAnswered();
  }

  @Test
  void frozenAndThawed() throws Exception {
    send(500);
    drained();
    redis.freeze();
    long begin = System.nanoTime();
    untilNotAnswered();
    long before = degraded();
    send(500);
    drained();
    assertThat(System.nanoTime() - begin).isLessThan(30_000_000_000L);
    assertThat(degraded()).isEqualTo(before + 500);
    redis.thaw();
    untilABurstIsAnswered();
  }

  @Test
  void emptiedIsNotNoSuchProduct() throws Exception {
    send(500);
    drained();
    try (Jedis jedis = redis.client()) {
      jedis.flushAll();
    }
    untilNotAnswered();
    long before = degraded();
    send(500);
    assertThat(degraded()).isEqualTo(before + 500);
    load();
    untilABurstIsAnswered();
  }
}
