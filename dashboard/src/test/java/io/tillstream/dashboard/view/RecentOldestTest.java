package io.tillstream.dashboard.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.dashboard.rows.Row;
import org.junit.jupiter.api.Test;

class RecentOldestTest {
  private final RecentOldest recent = new RecentOldest();

  @Test
  void itIsTheOldestOfWhatCameAfter() {
    recent.add(1, 500);
    recent.add(2, 300);
    recent.add(3, 400);
    recent.add(4, Row.NONE);
    assertThat(recent.since(0)).isEqualTo(300);
    assertThat(recent.since(2)).isEqualTo(400);
    assertThat(recent.since(3)).isEqualTo(Row.NONE);
  }

  @Test
  void ofVeryManyNoneIsToldTooYoung() {
    for (int i = 1; i <= 1_000; i++) {
      recent.add(i, 10_000 - i);
    }
    for (int seen = 0; seen < 1_000; seen++) {
      assertThat(recent.since(seen)).isLessThanOrEqualTo(10_000 - seen - 1);
    }
    assertThat(recent.since(999)).isEqualTo(9_000);
    assertThat(recent.since(1_000)).isEqualTo(Row.NONE);
  }
}
