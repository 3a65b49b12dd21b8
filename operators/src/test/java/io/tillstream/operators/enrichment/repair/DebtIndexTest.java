package io.tillstream.operators.enrichment.repair;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DebtIndexTest {
  private final DebtIndex index = new DebtIndex();

  @Test
  void knowsTheOldestWindow() {
    assertThat(index.oldestWindow()).isEqualTo(Long.MAX_VALUE);
    index.owe("a", 20, 1);
    index.owe("b", 10, 2);
    index.owe("a", 5, 3);
    assertThat(index.oldestWindow()).isEqualTo(5);
    DebtIndex.Item a = index.next(0);
    index.correct(a, 20, 1);
    assertThat(index.oldestWindow()).isEqualTo(10);
    index.paid(index.next(0));
    assertThat(index.oldestWindow()).isEqualTo(20);
    index.paid(a);
    assertThat(index.oldestWindow()).isEqualTo(Long.MAX_VALUE);
    assertThat(index.size()).isZero();
    index.owe("a", 7, 9);
    assertThat(index.oldestWindow()).isEqualTo(7);
    assertThat(index.next(0).id).isEqualTo("a");
  }

  @Test
  void everyProductHasItsTurn() {
    index.owe("a", 1, 1);
    index.owe("b", 1, 1);
    DebtIndex.Item a = index.next(0);
    DebtIndex.Item b = index.next(0);
    assertThat(index.next(0)).isNull();
    index.rest(a, 100);
    index.rest(b, 100);
    assertThat(index.next(99)).isNull();
    assertThat(index.next(100)).isSameAs(a);
    index.paid(b);
    assertThat(index.next(100)).isNull();
  }

  @Test
  void findsWhatIsOwedForLong() {
    index.owe("a", 1, 10);
    index.owe("b", 1, 20);
    index.owe("c", 1, 5);
    DebtIndex.Item a = index.next(0);
    assertThat(index.owedSince(10)).extracting(item -> item.id).containsExactly("c");
    index.rest(a, 0);
    assertThat(index.owedSince(10)).extracting(item -> item.id).containsOnly("a", "c");
  }
}
