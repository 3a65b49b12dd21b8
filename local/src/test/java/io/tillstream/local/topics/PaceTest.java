package io.tillstream.local.topics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private long now = 5;

  @Test
  void evenlySpacedFromTheFirst() {
    Pace pace = new Pace(1000, () -> now);
    assertThat(pace.nanosToNext()).isZero();
    assertThat(pace.nanosToNext()).isEqualTo(1_000_000);
    now += 1_500_000;
    assertThat(pace.nanosToNext()).isEqualTo(500_000);
  }

  @Test
  void whatIsLateIsCaughtUp() {
    Pace pace = new Pace(1000, () -> now);
    pace.nanosToNext();
    now += 10_000_000;
    for (int i = 1; i <= 10; i++) {
      assertThat(pace.nanosToNext()).isZero();
    }
    assertThat(pace.nanosToNext()).isEqualTo(1_000_000);
  }

  @Test
  void withoutARateNothingWaits() {
    assertThat(new Pace(0, () -> now).nanosToNext()).isZero();
  }
}
