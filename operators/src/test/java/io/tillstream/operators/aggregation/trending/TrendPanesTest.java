package io.tillstream.operators.aggregation.trending;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrendPanesTest {
  private static final int SPAN = 60;

  record Event(String item, long second, long views, long units) {}

  @Test
  void ordersByViewsThenUnitsThenId() {
    TrendPanes panes = new TrendPanes(SPAN);
    panes.add("d", 10, 1, 0);
    panes.add("c", 10, 2, 1);
    panes.add("b", 10, 2, 1);
    panes.add("a", 10, 2, 0);
    panes.add("e", 10, 0, 9);
    assertThat(panes.top(11, 20))
        .extracting(TrendCount::itemId)
        .containsExactly("b", "c", "a", "d", "e");
    assertThat(panes.top(11, 2)).extracting(TrendCount::itemId).containsExactly("b", "c");
  }

  @Test
  void theEndIsNotPartOfTheWindowAndTheStartIs() {
    TrendPanes panes = new TrendPanes(SPAN);
    panes.add("first", 100, 1, 0);
    panes.add("end", 160, 1, 0);
    assertThat(panes.top(160, 20)).extracting(TrendCount::itemId).containsExactly("first");
    assertThat(panes.top(161, 20)).extracting(TrendCount::itemId).containsExactly("end");
    assertThat(panes.top(500, 20)).isEmpty();
    assertThat(panes.size()).isZero();
  }

  @Test
  void countsWhatComesLateAndNotWhatComesTooLate() {
    TrendPanes panes = new TrendPanes(SPAN);
    panes.top(160, 20);
    panes.add("late", 100, 1, 2);
    panes.add("gone", 99, 1, 0);
    assertThat(panes.top(160, 20)).containsExactly(new TrendCount("late", 1, 2));
    assertThat(panes.size()).isEqualTo(1);
  }

  /** Random steps and jumps, with state lost and restored now and then, against all events. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void equalsTheSumOverAllEvents(long seed) throws Exception {
    Random random = new Random(seed);
    TrendPanes panes = new TrendPanes(SPAN);
    Map<Long, List<TrendCount>> stored = new HashMap<>();
    List<Event> events = new ArrayList<>();
    long end = 1_000;
    for (int step = 0; step < 3_000; step++) {
      Event event =
          new Event(
              "item" + random.nextInt(1 + random.nextInt(40)),
              end - random.nextInt(SPAN) + random.nextInt(20),
              random.nextInt(3),
              random.nextInt(3));
      panes.add(event.item(), event.second(), event.views(), event.units());
      events.add(event);
      if (random.nextInt(4) == 0) {
        end += random.nextInt(40) == 0 ? random.nextInt(3 * SPAN) : random.nextInt(3);
        assertThat(panes.top(end, 20)).isEqualTo(naive(events, end, 20));
      }
      if (random.nextInt(30) == 0) {
        panes.drainDropped().forEach((long second) -> stored.remove(second));
        panes.drainChanged(stored::put);
        assertThat(stored).hasSize(panes.size());
      }
      if (random.nextInt(200) == 0) {
        panes.drainDropped().forEach((long second) -> stored.remove(second));
        panes.drainChanged(stored::put);
        panes = new TrendPanes(SPAN);
        stored.forEach(panes::restore);
        panes.top(end, 1);
      }
    }
  }

  static List<TrendCount> naive(List<Event> events, long end, int limit) {
    Map<String, long[]> sums = new HashMap<>();
    for (Event event : events) {
      if (event.second() >= end - SPAN && event.second() < end) {
        long[] sum = sums.computeIfAbsent(event.item(), i -> new long[2]);
        sum[0] += event.views();
        sum[1] += event.units();
      }
    }
    return sums.entrySet().stream()
        .map(e -> new TrendCount(e.getKey(), e.getValue()[0], e.getValue()[1]))
        .filter(c -> c.views() + c.units() > 0)
        .sorted(
            (a, b) ->
                a.views() != b.views()
                    ? Long.compare(b.views(), a.views())
                    : a.units() != b.units()
                        ? Long.compare(b.units(), a.units())
                        : a.itemId().compareTo(b.itemId()))
        .limit(limit)
        .toList();
  }
}
