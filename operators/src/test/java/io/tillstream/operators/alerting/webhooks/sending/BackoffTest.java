package io.tillstream.operators.alerting.webhooks.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void triesEightTimesWithinAboutTenMinutes() {
    Backoff backoff = Backoff.standard();
    assertThat(backoff.allows(7)).isTrue();
    assertThat(backoff.allows(8)).isFalse();
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 100; round++) {
      long whole = 0;
      for (int failed = 1; failed < 8; failed++) {
        whole += backoff.pauseMillis(failed, random);
      }
      assertThat(Duration.ofMillis(whole))
          .isBetween(Duration.ofMinutes(8), Duration.ofSeconds(620));
    }
  }

  @Test
  void growsAndLeavesAPartToChance() {
    Backoff backoff = new Backoff(5, Duration.ofMillis(100), 2, 0.5);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100; i++) {
      assertThat(backoff.pauseMillis(1, random)).isBetween(50L, 100L);
      assertThat(backoff.pauseMillis(3, random)).isBetween(200L, 400L);
    }
    assertThat(new Backoff(20, Duration.ofHours(1), 10, 0).pauseMillis(19, random))
        .isEqualTo(3_600_000);
  }

  @Test
  void namesTheFieldAndTheBounds() {
    assertThatThrownBy(() -> new Backoff(0, Duration.ofSeconds(1), 2, 0))
        .hasMessage("backoff attempts must be 1.0..20.0, not 0.0");
  }
}
