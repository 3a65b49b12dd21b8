package io.tillstream.operators.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TailTest {
  private final Tail tail = new Tail();

  private void stand(long end, int polls) {
    for (int i = 0; i < polls; i++) {
      tail.take(end);
    }
  }

  @Test
  void kafkasEndHoldsUntilItHasStoodStillAndWasProbed() {
    assertThat(tail.take(10)).isEqualTo(10);
    assertThat(tail.wantsProbe()).isFalse();
    stand(10, 4);
    assertThat(tail.wantsProbe()).isTrue();
    tail.probed(OptionalLong.of(9));
    assertThat(tail.wantsProbe()).isFalse();
    assertThat(tail.take(10)).isEqualTo(9);
    assertThat(tail.take(11)).isEqualTo(11);
    assertThat(tail.wantsProbe()).isFalse();
  }

  @Test
  void whatCouldNotBeToldIsTriedAgainLater() {
    stand(10, 5);
    tail.probed(OptionalLong.empty());
    assertThat(tail.wantsProbe()).isFalse();
    assertThat(tail.take(10)).isEqualTo(10);
    stand(10, 8);
    assertThat(tail.wantsProbe()).isFalse();
    stand(10, 1);
    assertThat(tail.wantsProbe()).isTrue();
  }
}
