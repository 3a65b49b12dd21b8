package io.tillstream.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DrainCurveTest {
  @Test
  void beginAndEndBetweenTwoReports() {
    // 100 a millisecond from 10.25 s to 14.75 s, reported at full seconds.
    DrainCurve curve = new DrainCurve();
    for (long at = 9_000; at <= 17_000; at += 1_000) {
      double ran = Math.max(0, Math.min(at, 14_750) - 10_250);
      curve.add("read/0", at, (long) (ran * 100));
    }
    assertThat(curve.total()).isEqualTo(450_000);
    assertThat(curve.seconds()).isCloseTo(4.5, within(0.01));
  }

  @Test
  void theSlowestSubtaskCounts() {
    DrainCurve curve = new DrainCurve();
    for (long at = 0; at <= 10_000; at += 1_000) {
      curve.add("a", at, Math.min(at, 3_000));
      curve.add("b", at + 300, Math.min(at, 8_000));
    }
    assertThat(curve.seconds()).isCloseTo(8.3, within(0.31));
    assertThat(curve.total()).isEqualTo(11_000);
  }

  @Test
  void nothingCountedTakesNoTime() {
    DrainCurve curve = new DrainCurve();
    curve.add("a", 1_000, 0);
    assertThat(curve.seconds()).isZero();
  }
}
