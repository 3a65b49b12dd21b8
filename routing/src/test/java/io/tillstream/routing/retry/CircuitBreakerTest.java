package io.tillstream.routing.retry;

import static io.tillstream.routing.retry.CircuitBreaker.State.CLOSED;
import static io.tillstream.routing.retry.CircuitBreaker.State.HALF_OPEN;
import static io.tillstream.routing.retry.CircuitBreaker.State.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private long now = Long.MAX_VALUE - 10; // clocks of this kind may wrap
  private final CircuitBreaker breaker =
      new CircuitBreaker(new CircuitBreaker.Settings(3, Duration.ofNanos(1_000_000)), () -> now);

  @Test
  void opensAfterFailuresInARow() {
    breaker.failed();
    breaker.failed();
    breaker.succeeded();
    assertThat(breaker.failed()).isFalse();
    assertThat(breaker.failed()).isFalse();
    assertThat(breaker.isClosed()).isTrue();
    assertThat(breaker.failed()).isTrue();
    assertThat(breaker.state()).isEqualTo(OPEN);
  }

  @Test
  void onePauseOneProbe() {
    breaker.trip();
    assertThat(breaker.tryProbe()).isFalse();
    now += 1_000_000;
    assertThat(breaker.tryProbe()).isTrue();
    assertThat(breaker.state()).isEqualTo(HALF_OPEN);
    assertThat(breaker.tryProbe()).isFalse();
  }

  @Test
  void theProbeDecides() {
    breaker.trip();
    now += 1_000_000;
    breaker.tryProbe();
    assertThat(breaker.failed()).isTrue();
    assertThat(breaker.state()).isEqualTo(OPEN);
    assertThat(breaker.tryProbe()).isFalse();
    now += 1_000_000;
    assertThat(breaker.tryProbe()).isTrue();
    breaker.succeeded();
    assertThat(breaker.state()).isEqualTo(CLOSED);
    assertThat(breaker.failed()).isFalse();
  }

  @Test
  void oldCallsTellNothingWhileOpen() {
    assertThat(breaker.trip()).isTrue();
    breaker.succeeded();
    assertThat(breaker.failed()).isFalse();
    assertThat(breaker.trip()).isFalse();
    assertThat(breaker.state()).isEqualTo(OPEN);
  }

  @Test
  void refusalsNameFieldBoundsAndValue() {
    assertThatThrownBy(() -> new CircuitBreaker.Settings(0, Duration.ofSeconds(1)))
        .hasMessage("failures must be 1..1000, not 0");
    assertThatThrownBy(() -> new CircuitBreaker.Settings(1, Duration.ofHours(2)))
        .hasMessage("pause must be PT0.001S..PT1H, not PT2H");
  }
}
