package io.tillstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.local.demo.Story.Deed;
import io.tillstream.local.demo.Story.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoryTest {
  private final Story story = Story.ofAShop();

  private Scene at(long seconds) {
    return story.at(Duration.ofSeconds(seconds));
  }

  @Test
  void everyActComesInTurnAndThenItStartsOver() {
    List<Integer> numbers = new ArrayList<>();
    List<Deed> deeds = new ArrayList<>();
    long second = 0;
    for (; at(second).round() == 0; second++) {
      Scene scene = at(second);
      if (numbers.isEmpty() || numbers.get(numbers.size() - 1) != scene.number()) {
        numbers.add(scene.number());
        deeds.add(scene.act().deed());
        assertThat(scene.into()).isZero();
      }
    }
    assertThat(numbers).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(deeds).containsOnlyOnce(Deed.KILL_REDIS).endsWith(Deed.START_REDIS);
    assertThat(at(second).number()).isZero();
    assertThat(at(second).round()).isEqualTo(1);
  }

  @Test
  void theStockFallsBelowTenOnceAndIsRefilled() {
    boolean low = false;
    List<String> crossings = new ArrayList<>();
    for (long second = 0; at(second).round() == 0; second++) {
      Scene scene = at(second);
      if (low != scene.stock() < 10) {
        low = !low;
        crossings.add((low ? "low in " : "refilled in ") + scene.number());
      }
    }
    assertThat(crossings).containsExactly("low in 2", "refilled in 3");
  }

  @Test
  void theWordsNameTheProductAndWhatComes() {
    Scene sale = at(50);
    assertThat(story.words(sale, "Red shoes no. 7").get(0))
        .isEqualTo("▶ 2 of 6: A flash sale on Red shoes no. 7");
    assertThat(story.next(sale, "Red shoes no. 7"))
        .isEqualTo("  In 35 s: Red shoes no. 7 runs low");
    assertThat(story.after(at(190)).deed()).isEqualTo(Deed.NOTHING);
  }
}
