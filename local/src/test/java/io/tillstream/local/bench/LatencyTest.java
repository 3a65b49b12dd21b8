package io.tillstream.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.local.bench.SteadyTraffic.Pacing;
import io.tillstream.local.process.ProcessMemory;
import org.HdrHistogram.Recorder;
import org.junit.jupiter.api.Test;

class LatencyTest {
  @Test
  void delaysAreThoseSinceTheLastLook() {
    Recorder recorder = Delays.recorder();
    recorder.recordValue(9_000);
    assertThat(Delays.since(recorder).count()).isEqualTo(1);
    for (int i = 1; i <= 1000; i++) {
      recorder.recordValue(i);
    }
    assertThat(Delays.since(recorder)).isEqualTo(new Delays(1000, 500, 990, 999, 1000));
  }

  @Test
  void theContractsJson() {
    assertThat(latency(9_990).json())
        .isEqualTo(
            "{\"latency\":{\"rate\":10000,\"seconds\":60,\"clients\":1,\"p50_ms\":1,\"p99_ms\":2,"
                + "\"p999_ms\":3,\"max_ms\":4,\"measured\":600,\"with_redis_killed\":{\"p50_ms\":5,"
                + "\"p99_ms\":6,\"p999_ms\":7,\"max_ms\":8,\"measured\":599},"
                + "\"sent_per_second\":9990,\"sender_behind_max_ms\":12,\"sender_kept_pace\":true,"
                + "\"dashboard_rss_mib\":200,\"dashboard_peak_rss_mib\":210,\"exact\":true}}");
  }

  @Test
  void aSenderThatFellBehindIsTold() {
    assertThat(latency(9_990).text()).contains("p99 2 ms").doesNotContain("NOT");
    assertThat(latency(9_000).text()).contains("NOT the rate wanted");
  }

  @Test
  void alertsAreExactIfEachCameOnceAndSigned() {
    Delays delays = new Delays(300, 1, 2, 3, 4);
    Pacing pacing = new Pacing(4000, 1);
    assertThat(new Alerts(4000, 60, 300, 0, 0, delays, pacing).exact()).isTrue();
    assertThat(new Alerts(4000, 60, 301, 0, 0, delays, pacing).exact()).isFalse();
    assertThat(new Alerts(4000, 60, 300, 1, 0, delays, pacing).exact()).isFalse();
    assertThat(new Alerts(4000, 60, 300, 0, 1, delays, pacing).json())
        .contains("\"arrived\":300")
        .contains("\"unsigned\":1")
        .contains("\"exact\":false");
  }

  private static Latency latency(double perSecond) {
    return new Latency(
        10_000,
        60,
        1,
        new Delays(600, 1, 2, 3, 4),
        new Delays(599, 5, 6, 7, 8),
        new Pacing(perSecond, 12),
        new ProcessMemory(200, 210),
        true);
  }
}
