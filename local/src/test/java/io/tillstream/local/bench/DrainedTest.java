package io.tillstream.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DrainedTest {
  @Test
  void theContractsJson() {
    assertThat(new Drained("capacity", "limit", 1_000, 30_000, 100_000, true).json())
        .isEqualTo(
            "{\"capacity\":{\"events\":1000,\"events_per_second\":30000,"
                + "\"limit_events_per_second\":100000,\"ratio\":0.3,\"exact\":true}}");
  }

  @Test
  void theRatioIsOfWhatStandsBeside() {
    Drained bypass = new Drained("bypass", "enriched", 1_000, 97_000, 100_000, true);
    assertThat(bypass.text())
        .isEqualTo("bypass 97,000 events/s, enriched 100,000 events/s, ratio 0.970, result exact");
    assertThat(new Drained("bypass", "enriched", 1, 1, 0, false).ratio()).isZero();
  }
}
