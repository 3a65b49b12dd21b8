package io.tillstream.routing.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static final Duration TEN = Duration.ofMillis(10);

  @Test
  void allowsThreeRetriesAndNoMore() {
    RetryPolicy policy = RetryPolicy.standard();
    assertThat(policy.allows(1)).isTrue();
    assertThat(policy.allows(3)).isTrue();
    assertThat(policy.allows(4)).isFalse();
    assertThat(new RetryPolicy(0, TEN, 2, TEN, 0).allows(1)).isFalse();
  }

  @Test
  void pausesGrowUpToTheLongest() {
    RetryPolicy policy = new RetryPolicy(3, TEN, 3, Duration.ofMillis(50), 0);
    Random random = new Random(1);
    assertThat(policy.delayNanos(1, random)).isEqualTo(10_000_000);
    assertThat(policy.delayNanos(2, random)).isEqualTo(30_000_000);
    assertThat(policy.delayNanos(3, random)).isEqualTo(50_000_000);
  }

  @Test
  void jitterStaysInItsBounds() {
    RetryPolicy policy = new RetryPolicy(3, TEN, 2, TEN, 0.5);
    Random random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      assertThat(policy.delayNanos(2, random)).isBetween(5_000_000L, 10_000_000L);
    }
  }

  @Test
  void refusalsNameFieldBoundsAndValue() {
    assertThatThrownBy(() -> new RetryPolicy(4, TEN, 2, TEN, 0))
        .hasMessage("maxRetries must be 0..3, not 4");
    assertThatThrownBy(() -> new RetryPolicy(3, TEN, 0.5, TEN, 0))
        .hasMessage("factor must be 1..10, not 0.5");
    assertThatThrownBy(() -> new RetryPolicy(3, TEN, 2, Duration.ofMillis(9), 0))
        .hasMessage("maxDelay must be PT0.01S..PT1H, not PT0.009S");
    assertThatThrownBy(() -> new RetryPolicy(3, TEN, 2, TEN, Double.NaN))
        .hasMessageStartingWith("jitter must be 0..1");
    assertThatThrownBy(() -> new RetryPolicy(3, Duration.ZERO, 2, TEN, 0))
        .hasMessage("firstDelay must be PT0.001S..PT1M, not PT0S");
  }
}
