package io.tillstream.operators.enrichment.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbeTimeTest {
  private long now = -5;
  private final ProbeTime time = new ProbeTime(() -> now);

  private void probe(long took) {
    time.begin();
    now += took;
    time.answered();
  }

  @Test
  void whatTheLastProbeTook() {
    assertThat(time.nanos()).isZero();
    probe(7);
    assertThat(time.nanos()).isEqualTo(7);
    now += 1_000;
    assertThat(time.nanos()).isEqualTo(7);
    probe(3);
    assertThat(time.nanos()).isEqualTo(3);
  }

  @Test
  void oneUnderWayShowsItsAgeOnceThatIsMore() {
    probe(7);
    time.begin();
    now += 6;
    assertThat(time.nanos()).isEqualTo(7);
    now += 94;
    assertThat(time.nanos()).isEqualTo(100);
    time.answered();
    assertThat(time.nanos()).isEqualTo(100);
  }

  @Test
  void failedOnesAddUpUntilOneIsAnswered() {
    probe(7);
    for (int i = 0; i < 10; i++) {
      time.begin();
      now += 40; // and no answer
      now += 10;
    }
    assertThat(time.nanos()).isEqualTo(500);
    probe(4);
    assertThat(time.nanos()).isEqualTo(4);
  }
}
