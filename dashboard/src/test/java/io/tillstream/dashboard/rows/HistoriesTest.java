package io.tillstream.dashboard.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HistoriesTest {
  @Test
  void theLaterOfTwoWithOneVersionWins() {
    Histories histories = new Histories(Row.PRODUCT, 70, 100);
    histories.put(Some.row("a", 0, "primary", 2, 20, null));
    histories.put(Some.row("a", 0, "primary", 1, 10, null));
    assertThat(histories.of("a").get(0).figures().get("views")).isEqualTo(20);
    histories.put(Some.row("a", 0, "primary", 2, 21, null));
    assertThat(histories.of("a").get(0).figures().get("views")).isEqualTo(21);
  }

  @Test
  void aRowOfZerosTakesBackWhatTheOneBeforeSaid() {
    Histories histories = new Histories(Row.PRODUCT, 70, 100);
    histories.put(Some.row("a", 0, "primary", 1, 20, new Stock(5, Some.START)));
    assertThat(histories.stock("a")).isEqualTo(new Stock(5, Some.START));
    assertThat(histories.put(Some.row("a", 0, "primary", 2, 0, null)))
        .isEqualTo(History.Change.STOCK);
    assertThat(histories.stock("a")).isNull();
  }

  @Test
  void windowsGrowOldForAllKeys() {
    Histories histories = new Histories(Row.PRODUCT, 3, 100);
    histories.put(Some.row("a", 0, "primary", 1, 1, null));
    histories.put(Some.row("b", 1, "primary", 1, 1, null));
    histories.put(Some.row("b", 3, "primary", 1, 1, null));
    assertThat(histories.of("a")).isEmpty();
    assertThat(histories.of("b")).hasSize(2);
    assertThat(histories.rows()).isEqualTo(2);
    histories.put(Some.row("a", 0, "primary", 2, 1, null));
    assertThat(histories.of("a")).as("a repair of a window that is not shown").isEmpty();
    assertThat(histories.complete("a")).isTrue();
  }

  @Test
  void whoWasSilentLongestIsForgottenWholeAndThatIsSaid() {
    Histories histories = new Histories(Row.PRODUCT, 70, 10);
    for (int window = 0; window < 3; window++) {
      for (String key : List.of("a", "b", "c")) {
        histories.put(Some.row(key, window, "primary", 1, 1, null));
      }
    }
    histories.put(Some.row("d", 3, "primary", 1, 1, null));
    histories.put(Some.row("d", 4, "primary", 1, 1, null));
    assertThat(histories.of("a")).isEmpty();
    assertThat(histories.complete("a")).isFalse();
    assertThat(histories.of("b")).hasSize(3);
    assertThat(histories.complete("b")).isTrue();
    histories.put(Some.row("a", 4, "primary", 1, 1, null));
    assertThat(histories.complete("a")).as("it begins anew, without its past").isFalse();
  }

  @Test
  void aMillionProductsTakeNoMoreThanTheBound() {
    Histories histories = new Histories(Row.PRODUCT, 70, 20_000);
    for (int i = 0; i < 1_000_000; i++) {
      histories.put(Some.row("SKU" + i, i / 200_000, "primary", 1, i, null));
    }
    assertThat(histories.rows()).isLessThanOrEqualTo(20_000).isGreaterThan(10_000);
    assertThat(histories.keys()).hasSizeLessThanOrEqualTo(20_000);
    assertThat(histories.of("SKU999999")).hasSize(1);
    assertThat(histories.complete("SKU1")).isFalse();
  }

  @Test
  void selectionsAreTheNewestFirstAndBounded() {
    Histories histories = new Histories(Row.PRODUCT, 70, 100);
    for (int window = 0; window < 4; window++) {
      histories.put(Some.row("b", window, "primary", 1, 1, null));
      histories.put(Some.row("a", window, "primary", 1, 1, null));
      histories.put(Some.row("a", window, "backup", 1, 1, null));
    }
    long from = Some.START + Some.MINUTE;
    assertThat(histories.select(null, from, Long.MAX_VALUE, 3))
        .extracting(row -> row.key() + (row.windowStart() - Some.START) / Some.MINUTE)
        .containsExactly("a3", "b3", "a2");
    assertThat(histories.select("a", from, from + 2 * Some.MINUTE, 10))
        .extracting(row -> row.figures().get("views"))
        .containsExactly(2L, 2L);
    assertThat(histories.select("nobody", from, Long.MAX_VALUE, 3)).isEmpty();
  }
}
