package io.tillstream.operators.enrichment.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.enrichment.lookup.LookupCore.Ask;
import io.tillstream.routing.agent.SlidingRate;
import io.tillstream.routing.retry.CircuitBreaker;
import io.tillstream.routing.retry.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LookupCoreTest {
  private static final LookupKey A = new LookupKey(LookupKind.CATEGORY, "a");
  private static final LookupKey B = new LookupKey(LookupKind.CATEGORY, "b");
  private static final Answer SHOES = Answer.of("shoes");
  private static final long MILLI = 1_000_000;

  private long now = 5;
  private final List<Ask> ended = new ArrayList<>();
  private final Waiter waiter = (key, answer) -> {};
  private AnswerCache cache;
  private SlidingRate rate;
  private LookupCore core;

  @BeforeEach
  void start() {
    core = core(100);
  }

  private LookupCore core(int breakerFailures) {
    LookupOptions options =
        LookupOptions.standard()
            .withFailures(
                new RetryPolicy(3, Duration.ofMillis(10), 2, Duration.ofMillis(100), 0),
                new CircuitBreaker.Settings(breakerFailures, Duration.ofMillis(500)),
                Duration.ofMillis(500));
    cache = new AnswerCache(options, () -> now);
    rate = SlidingRate.lately(() -> now);
    return new LookupCore(options, () -> now, new Random(1), cache, rate, ended::add);
  }

  private Answer cached(LookupKey key) {
    AnswerCache.Kept kept = cache.of(key.kind()).getIfPresent(key.id());
    return kept == null ? null : kept.answer();
  }

  @Test
  void oneFlightForAllWhoAsk() {
    assertThat(core.ask(A, waiter)).isNull();
    assertThat(core.ask(A, waiter)).isNull();
    assertThat(core.ask(B, waiter)).isNull();
    List<Ask> batch = core.take();
    assertThat(batch).extracting(ask -> ask.key).containsExactly(A, B);
    assertThat(core.ask(A, waiter)).isNull(); // still on its way
    assertThat(core.queued()).isZero();
    core.succeeded(batch, List.of(SHOES, Answer.UNKNOWN));
    assertThat(ended).hasSize(2);
    assertThat(ended.get(0).waiters).hasSize(3);
    assertThat(ended.get(0).answer().value()).isEqualTo("shoes");
    assertThat(core.pending()).isZero();
    assertThat(core.ask(A, waiter).value()).isEqualTo("shoes"); // came just now
    assertThat(core.lookups()).isEqualTo(2);
  }

  @Test
  void triesFourTimesAndNoMore() {
    core.ask(A, waiter);
    int tries = 0;
    while (ended.isEmpty()) {
      List<Ask> batch = core.take();
      if (batch.isEmpty()) {
        now += core.untilDue(10 * MILLI);
        core.tick();
        continue;
      }
      tries++;
      core.failed(batch);
    }
    assertThat(tries).isEqualTo(4);
    assertThat(now).isEqualTo(5 + 70 * MILLI); // 10 + 20 + 40
    assertThat(ended.get(0).answer()).isSameAs(Answer.NONE);
    assertThat(core.breaker()).isEqualTo(CircuitBreaker.State.OPEN);
    assertThat(cached(A)).isNull();
    assertThat(core.failures()).isEqualTo(1);
  }

  @Test
  void aRetryThatSucceedsAnswers() {
    core.ask(A, waiter);
    core.failed(core.take());
    assertThat(core.take()).isEmpty();
    core.tick();
    assertThat(core.take()).isEmpty(); // it rests
    now += 10 * MILLI;
    core.tick();
    core.succeeded(core.take(), List.of(SHOES));
    assertThat(ended.get(0).answer()).isSameAs(SHOES);
    assertThat(core.failures()).isZero();
  }

  @Test
  void theBoundHoldsAlsoWhileABatchHangs() {
    core.ask(A, waiter);
    List<Ask> batch = core.take();
    now += 999 * MILLI;
    core.tick();
    assertThat(ended).isEmpty();
    assertThat(core.untilDue(Long.MAX_VALUE)).isEqualTo(MILLI);
    now += MILLI;
    core.tick();
    assertThat(ended).hasSize(1);
    assertThat(ended.get(0).answer()).isSameAs(Answer.NONE);
    core.succeeded(batch, List.of(SHOES)); // late: kept, told to nobody a second time
    assertThat(ended).hasSize(1);
    assertThat(cached(A)).isSameAs(SHOES);
  }

  @Test
  void anOpenBreakerAnswersAtOnceAndTheProbeClosesIt() {
    core = core(1);
    core.ask(A, waiter);
    core.ask(B, waiter);
    List<Ask> batch = core.take();
    LookupKey third = new LookupKey(LookupKind.SEGMENT, "c");
    core.ask(third, waiter);
    core.failed(batch);
    assertThat(ended).hasSize(3).allMatch(ask -> ask.answer() == Answer.NONE);
    assertThat(core.ask(A, waiter)).isSameAs(Answer.NONE);
    assertThat(core.queued()).isZero();
    assertThat(core.shouldProbe()).isFalse();
    now += 500 * MILLI;
    assertThat(core.shouldProbe()).isTrue();
    assertThat(core.ask(A, waiter)).isSameAs(Answer.NONE); // half-open lets only the probe by
    core.probed(false);
    assertThat(core.breaker()).isEqualTo(CircuitBreaker.State.OPEN);
    now += 500 * MILLI;
    assertThat(core.shouldProbe()).isTrue();
    core.probed(true);
    assertThat(core.ask(A, waiter)).isNull();
    core.succeeded(core.take(), List.of(SHOES));
    assertThat(ended).hasSize(4);
  }

  @Test
  void failedProbesOpenItWithoutTraffic() {
    core = core(5);
    for (int i = 0; i < 5; i++) {
      assertThat(core.shouldProbe()).isTrue();
      core.probed(false);
    }
    assertThat(core.breaker()).isEqualTo(CircuitBreaker.State.OPEN);
    assertThat(rate.rate()).isEqualTo(1.0);
  }

  @Test
  void answersHoldTenMinutesAndNoSuchTenSeconds() {
    cache.put(A, SHOES);
    cache.put(B, Answer.UNKNOWN);
    now += 10_000 * MILLI - 1;
    assertThat(cached(B)).isSameAs(Answer.UNKNOWN);
    now += 1;
    assertThat(cached(B)).isNull();
    now += 590_000 * MILLI - 1;
    assertThat(cached(A)).isSameAs(SHOES);
    now += 1;
    assertThat(cached(A)).isNull();
  }

  @Test
  void aBatchStartsWhenFullOrAfterTheLinger() {
    core.ask(A, waiter);
    assertThat(core.untilBatch()).isEqualTo(MILLI);
    now += MILLI;
    assertThat(core.untilBatch()).isZero();
    for (int i = 0; i < 300; i++) {
      core.ask(new LookupKey(LookupKind.SEGMENT, "u" + i), waiter);
    }
    assertThat(core.untilBatch()).isZero();
    assertThat(core.take()).hasSize(256);
    assertThat(core.take()).hasSize(45);
  }
}
