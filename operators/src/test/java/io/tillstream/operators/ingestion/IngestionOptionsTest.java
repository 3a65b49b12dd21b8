package io.tillstream.operators.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IngestionOptionsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static IngestionOptions with(Duration idle, Duration dedup, Duration lateness) {
    return new IngestionOptions(MINUTE, idle, MINUTE, dedup, lateness, MINUTE);
  }

  @Test
  void theDefaultsAreTheContracts() {
    assertThat(IngestionOptions.DEFAULT.lateRule()).isEqualTo(new LateRule(60_000, 60_000));
  }

  @Test
  void latenessMustBeShorterThanTheDedupWindow() {
    assertThatThrownBy(() -> with(MINUTE, MINUTE, MINUTE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "aggregation.lateness must be shorter than ingestion.dedup-window (PT1M), was PT1M");
  }

  @Test
  void allArePositive() {
    assertThatThrownBy(() -> with(Duration.ZERO, MINUTE, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ingestion.idle-timeout must be at least 1 ms")
        .hasMessageContaining("PT0S");
  }
}
