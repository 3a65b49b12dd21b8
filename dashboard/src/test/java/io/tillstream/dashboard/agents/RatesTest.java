package io.tillstream.dashboard.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RatesTest {
  private final Rates rates = new Rates();

  private void report(int subtask, long incarnation, long at, long count) {
    rates.add(
        new Report(
            "ingestion",
            "read",
            subtask,
            2,
            incarnation,
            "running",
            Instant.EPOCH,
            Instant.ofEpochMilli(at),
            "",
            0,
            Map.of("in", count),
            Map.of()));
  }

  private double in(long now) {
    return rates.perSecond("ingestion", "read", now, "in");
  }

  @Test
  void subtasksAddUpOverTheLastReports() {
    report(0, 1, 0, 0);
    report(0, 1, 2_000, 1_000);
    report(1, 1, 0, 5);
    report(1, 1, 1_000, 105);
    assertThat(in(2_000)).isEqualTo(600);
  }

  @Test
  void whoWentBackOrBeganAnewDoesNotCountBackwards() {
    report(0, 1, 0, 1_000);
    report(0, 1, 1_000, 2_000);
    report(0, 2, 2_000, 500);
    assertThat(in(2_000)).isZero();
    report(0, 2, 3_000, 600);
    assertThat(in(3_000)).isEqualTo(100);
    report(0, 2, 4_000, 10);
    assertThat(in(4_000)).isZero();
  }

  @Test
  void whoIsSilentDoesNotCount() {
    report(0, 1, 0, 0);
    report(0, 1, 1_000, 1_000);
    assertThat(in(1_000)).isEqualTo(1_000);
    assertThat(in(60_000)).isZero();
    assertThat(rates.perSecond("nobody", "read", 1_000, "in")).isZero();
  }
}
