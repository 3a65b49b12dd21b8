package io.tillstream.routing.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlidingRateTest {
  private long now = Long.MAX_VALUE - 1_000_000; // such clocks may wrap
  private final SlidingRate rate = SlidingRate.lately(() -> now);

  private void pass(long millis) {
    now += millis * 1_000_000;
  }

  @Test
  void nothingTriedIsNoFailure() {
    assertThat(rate.rate()).isZero();
    pass(3_600_000);
    assertThat(rate.rate()).isZero();
  }

  @Test
  void theShareOfFailures() {
    rate.add(3, 1);
    pass(1_000);
    rate.add(1, 1);
    assertThat(rate.rate()).isEqualTo(0.5);
    assertThat(rate.tried()).isEqualTo(4);
  }

  @Test
  void withinTheWindowAnOutageIsForgotten() {
    for (int i = 0; i < 120; i++) {
      rate.add(10, 10);
      pass(100);
    }
    assertThat(rate.rate()).isEqualTo(1);
    for (int i = 0; i < 50; i++) {
      rate.add(10, 0);
      pass(100);
    }
    assertThat(rate.rate()).isZero();
  }

  @Test
  void forNineTenthsOfTheWindowAFailureCounts() {
    rate.add(1, 1);
    pass(4_499);
    assertThat(rate.rate()).isEqualTo(1);
    pass(501);
    assertThat(rate.rate()).isZero();
  }

  @Test
  void anyWindow() {
    SlidingRate minute = new SlidingRate(() -> now, Duration.ofMinutes(1));
    minute.add(1, 1);
    pass(53_000);
    assertThat(minute.rate()).isEqualTo(1);
    pass(7_000);
    assertThat(minute.rate()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SlidingRate(() -> now, Duration.ofMillis(9)))
        .withMessage("window must be at least 10 ms, not PT0.009S");
  }
}
