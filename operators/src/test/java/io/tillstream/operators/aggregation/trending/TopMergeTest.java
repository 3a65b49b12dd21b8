package io.tillstream.operators.aggregation.trending;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopMergeTest {
  private static final TrendCount A = new TrendCount("a", 5, 0);
  private static final TrendCount B = new TrendCount("b", 4, 0);
  private static final TrendCount C = new TrendCount("c", 3, 0);

  private final TopMerge merge = new TopMerge(2, Long.MIN_VALUE);

  private Optional<List<TrendCount>> add(long end, int subtask, TrendCount... items) {
    return merge.add(new LocalTop(end, subtask, 2, List.of(items)));
  }

  @Test
  void waitsForAllSubtasksAndKeepsTheFirst() {
    assertThat(add(10, 0, A, C)).isEmpty();
    assertThat(add(10, 1, B)).contains(List.of(A, B));
  }

  @Test
  void dropsIncompleteOnesOnceALaterOneIsWhole() {
    add(10, 0, A);
    add(12, 0, A);
    assertThat(add(12, 1)).contains(List.of(A));
    assertThat(add(10, 1, B)).isEmpty();
    assertThat(add(11, 1, B)).isEmpty();
  }

  @Test
  void toldTwiceIsNotTwoSubtasks() {
    assertThat(add(10, 0, A)).isEmpty();
    assertThat(add(10, 0, A)).isEmpty();
    assertThat(add(10, 1)).contains(List.of(A));
  }

  @Test
  void anotherNumberOfSubtasksBeginsAnew() {
    add(10, 0, A);
    assertThat(merge.add(new LocalTop(10, 0, 1, List.of(B)))).contains(List.of(B));
  }

  @Test
  void doesNotGoBackBehindWhatWasToldBeforeARestart() {
    TopMerge restarted = new TopMerge(2, 10);
    assertThat(restarted.add(new LocalTop(10, 0, 1, List.of(A)))).isEmpty();
    assertThat(restarted.add(new LocalTop(11, 0, 1, List.of(A)))).contains(List.of(A));
  }

  @Test
  void ranksAgainstTheListBefore() {
    Map<String, Title> known = Map.of("a", new Title("Shoe", "shoes"));
    Titles titles =
        new Titles() {
          @Override
          public Title peek(String itemId) {
            return known.getOrDefault(itemId, Title.NONE);
          }

          @Override
          public void close() {}
        };
    TrendingList first = Ranking.of(10, List.of(B, A), null, titles);
    assertThat(first.items())
        .containsExactly(
            new TrendingItem("b", null, null, 4, 0, 1, null),
            new TrendingItem("a", "Shoe", "shoes", 5, 0, 2, null));
    TrendingList second = Ranking.of(11, List.of(A, C), first, titles);
    assertThat(second.items()).extracting(TrendingItem::previousRank).containsExactly(2, null);
  }
}
