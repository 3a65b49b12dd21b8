package io.tillstream.operators.aggregation.sums;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.Dimension;
import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.operators.figures.Stock;
import org.junit.jupiter.api.Test;

class RowTest {
  private static final RowKey KEY = new RowKey(Dimension.PRODUCT, "a");

  private final Row row = new Row(KEY, new RowWindow(0, 60_000));

  @Test
  void stockAloneGivesNoCategory() {
    row.add(delta(null, false, new Stock(3, 10)));
    assertThat(row.category()).isNull();
    assertThat(row.stock()).isEqualTo(new Stock(3, 10));
  }

  @Test
  void anAnswerReplacesSilenceAndNeverTheReverse() {
    row.add(delta(RowKey.UNKNOWN, false, null));
    assertThat(row.category()).isEqualTo(RowKey.UNKNOWN);
    row.add(delta("shoes", true, null));
    row.add(delta(RowKey.UNKNOWN, false, null));
    row.add(delta(null, false, new Stock(1, 1)));
    assertThat(row.category()).isEqualTo("shoes");
    row.add(delta("hats", true, null));
    assertThat(row.category()).isEqualTo("hats");
    row.add(delta(RowKey.UNKNOWN, true, null));
    assertThat(row.category()).isEqualTo(RowKey.UNKNOWN);
  }

  @Test
  void theNewestStockWinsAndTheSmallerOnATie() {
    row.add(delta(null, false, new Stock(3, 10)));
    row.add(delta(null, false, new Stock(5, 9)));
    row.add(delta(null, false, new Stock(4, 10)));
    assertThat(row.stock()).isEqualTo(new Stock(3, 10));
  }

  @Test
  void onceFinalAlwaysFinalAlsoFromState() {
    row.add(delta("shoes", true, null));
    row.published(true);
    Row again = new Row(KEY, row.window, row.stored());
    again.published(false);
    assertThat(again.finalPublished()).isTrue();
    assertThat(again.stored).isTrue();
  }

  private static Delta delta(String category, boolean answered, Stock stock) {
    return new Delta(KEY, 0, new Figures(), category, answered, stock, 0, 5, null);
  }
}
