package io.tillstream.operators.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LateRuleTest {
  private final LateRule rule = new LateRule(60_000, 30_000);

  @Test
  void lateOnceTheWatermarkReachesTheEndAndTheLateness() {
    assertThat(rule.isLate(0, 89_998)).isFalse();
    assertThat(rule.isLate(0, 89_999)).isTrue();
    assertThat(rule.isLate(59_999, 89_998)).isFalse();
    assertThat(rule.isLate(59_999, 89_999)).isTrue();
    assertThat(rule.isLate(60_000, 149_998)).isFalse();
    assertThat(rule.isLate(60_000, 149_999)).isTrue();
  }

  @Test
  void nothingIsLateBeforeThereIsAWatermark() {
    assertThat(rule.isLate(1, Long.MIN_VALUE)).isFalse();
    assertThat(rule.isLate(1, PartitionClocks.HOLDING)).isFalse();
  }

  @Test
  void aTimeAtTheEndOfAllTimeIsNotLate() {
    assertThat(rule.isLate(Long.MAX_VALUE, Long.MAX_VALUE - 1)).isFalse();
  }
}
