package io.tillstream.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BypassTest {
  @Test
  void theRatioIsOfTheEnrichedDrain() {
    Bypass bypass = new Bypass(1_000, 97_000, 100_000, true);
    assertThat(bypass.json())
        .isEqualTo(
            "{\"bypass\":{\"events\":1000,\"events_per_second\":97000,"
                + "\"enriched_events_per_second\":100000,\"ratio\":0.97,\"exact\":true}}");
    assertThat(bypass.text()).contains("ratio 0.970").contains("exact after the repair");
    assertThat(new Bypass(1, 1, 0, false).ratio()).isZero();
  }
}
