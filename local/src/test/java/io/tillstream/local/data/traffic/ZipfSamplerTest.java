package io.tillstream.local.data.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ZipfSamplerTest {
  @Test
  void ranksComeAsOftenAsTheirReciprocal() {
    int draws = 1_000_000;
    ZipfSampler zipf = new ZipfSampler(100);
    SplittableRandom random = new SplittableRandom(7);
    int[] hits = new int[100];
    for (int i = 0; i < draws; i++) {
      hits[zipf.next(random)]++;
    }
    double harmonic = 0;
    for (int rank = 1; rank <= 100; rank++) {
      harmonic += 1.0 / rank;
    }
    for (int rank : new int[] {0, 1, 2, 9, 49, 99}) {
      assertThat((double) hits[rank] / draws).isCloseTo(1 / harmonic / (rank + 1), within(0.002));
    }
  }

  @Test
  void oneProductIsDrawnAlways() {
    assertThat(new ZipfSampler(1).next(new SplittableRandom(1))).isZero();
  }
}
