package io.tillstream.routing.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private long now = 42;
  private final Latencies latencies = new Latencies(() -> now);

  private Map<String, Double> read() {
    Map<String, Double> readings = new HashMap<>();
    latencies.read(readings::put);
    return readings;
  }

  private void second() {
    now += Duration.ofSeconds(1).toNanos();
  }

  @Test
  void absentWhileNothingHappened() {
    assertThat(read()).isEmpty();
  }

  @Test
  void theMedianAndThe99thPercentile() {
    for (int i = 1; i <= 1_000; i++) {
      latencies.recordMillis(i);
    }
    Map<String, Double> readings = read();
    assertThat(readings).containsOnlyKeys("latency_p50_ms", "latency_p99_ms");
    assertThat(readings.get("latency_p50_ms")).isCloseTo(500, Percentage.withPercentage(1));
    assertThat(readings.get("latency_p99_ms")).isCloseTo(990, Percentage.withPercentage(1));
  }

  @Test
  void eachSecondSpeaksForItself() {
    latencies.recordMillis(7_000);
    assertThat(read().get("latency_p99_ms")).isCloseTo(7_000, Percentage.withPercentage(1));
    latencies.recordNanos(250_000);
    // A report out of turn, at a change of state: it does not tear the second in two.
    now += Duration.ofMillis(10).toNanos();
    assertThat(read().get("latency_p99_ms")).isCloseTo(7_000, Percentage.withPercentage(1));
    second();
    assertThat(read().get("latency_p99_ms")).isCloseTo(0.25, within(0.01));
    second();
    assertThat(read()).isEmpty();
  }

  @Test
  void whatLiesOutsideIsTakenForTheBound() {
    latencies.recordMillis(-5);
    assertThat(read().get("latency_p99_ms")).isEqualTo(0.001);
    second();
    latencies.recordMillis(Long.MAX_VALUE);
    assertThat(read().get("latency_p99_ms"))
        .isCloseTo((double) Duration.ofDays(30).toMillis(), Percentage.withPercentage(1));
  }
}
