package io.tillstream.operators.enrichment.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.Dimension;
import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.Owed;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.routing.event.EventLine;
import io.tillstream.routing.event.EventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CorrectionsTest {
  private static final long WINDOW = 60_000;

  private final Corrections corrections = new Corrections();

  private Map<String, Delta> flush() {
    Map<String, Delta> deltas = new HashMap<>();
    corrections.flush(
        delta -> assertThat(deltas.put(delta.target(), delta)).isNull(),
        delta -> fail("nothing is the backup's: " + delta));
    deltas
        .values()
        .forEach(
            delta -> {
              assertThat(delta.oldestRecordTime()).isEqualTo(Long.MAX_VALUE);
              assertThat(delta.events()).isZero();
              assertThat(delta.stock()).isNull();
              assertThat(delta.trend()).isNull();
              assertThat(delta.windowStart()).isEqualTo(WINDOW);
            });
    return deltas;
  }

  private static Figures views(int lines) {
    Figures figures = new Figures();
    for (int i = 0; i < lines; i++) {
      figures.count(EventType.VIEW_ITEM, new EventLine("a", 1, 0, EventLine.NO_STOCK), null);
    }
    figures.addDegraded(lines);
    return figures;
  }

  private static Figures sale(EventType type, long micros) {
    Figures figures = new Figures();
    figures.count(type, new EventLine("a", 2, micros, EventLine.NO_STOCK), "USD");
    figures.addDegraded(1);
    return figures;
  }

  private static Owed.Key key(boolean sale, String user, String category, String segment) {
    return new Owed.Key(false, WINDOW, sale, user, category, segment);
  }

  private static Figures degraded(long lines) {
    Figures figures = new Figures();
    figures.addDegraded(lines);
    return figures;
  }

  private static Figures sum(Figures owed, int sign, long degradedToo) {
    Figures figures = new Figures();
    figures.add(owed, sign);
    figures.addDegraded(degradedToo);
    return figures;
  }

  @Test
  void viewsMoveToTheirCategory() {
    corrections.pay("a", key(false, null, null, null), views(3), "shoes", null);
    Map<String, Delta> deltas = flush();
    assertThat(deltas).hasSize(4);
    assertThat(deltas.get("product|a").figures()).isEqualTo(degraded(-3));
    assertThat(deltas.get("product|a").category()).isEqualTo("shoes");
    assertThat(deltas.get("product|a").categoryAnswered()).isTrue();
    assertThat(deltas.get("category|unknown").figures()).isEqualTo(sum(views(3), -1, 0));
    assertThat(deltas.get("category|shoes").figures()).isEqualTo(sum(views(3), 1, -3));
    assertThat(deltas.get("category|shoes").figures().degraded()).isZero();
    assertThat(deltas.get("shop|all").figures()).isEqualTo(degraded(-3));
  }

  @Test
  void aTrulyUnknownCategoryOnlyStopsBeingDegraded() {
    corrections.pay("a", key(false, null, null, null), views(2), RowKey.UNKNOWN, null);
    Map<String, Delta> deltas = flush();
    assertThat(deltas).hasSize(3);
    assertThat(deltas.get("product|a").figures()).isEqualTo(degraded(-2));
    assertThat(deltas.get("product|a").category()).isEqualTo("unknown");
    assertThat(deltas.get("product|a").categoryAnswered()).isTrue();
    assertThat(deltas.get("category|unknown").figures()).isEqualTo(degraded(-2));
    assertThat(deltas.get("shop|all").figures()).isEqualTo(degraded(-2));
  }

  @Test
  void aSaleWithoutAnyAnswerMovesInBoth() {
    Figures owed = sale(EventType.PURCHASE, 5_000_000);
    corrections.pay("a", key(true, "ann", null, null), owed, "shoes", "gold");
    Map<String, Delta> deltas = flush();
    assertThat(deltas).hasSize(6);
    assertThat(deltas.get("product|a").figures()).isEqualTo(degraded(-1));
    assertThat(deltas.get("category|unknown").figures()).isEqualTo(sum(owed, -1, 0));
    assertThat(deltas.get("category|shoes").figures()).isEqualTo(sum(owed, 1, -1));
    assertThat(deltas.get("segment|unknown").figures()).isEqualTo(sum(owed, -1, 0));
    assertThat(deltas.get("segment|gold").figures()).isEqualTo(sum(owed, 1, -1));
    assertThat(deltas.get("segment|gold").category()).isNull();
    assertThat(deltas.get("shop|all").figures()).isEqualTo(degraded(-1));
  }

  @Test
  void onlyTheShopperWasMissing() {
    Figures owed = sale(EventType.REFUND, 7_000_000);
    corrections.pay("a", key(true, "ann", "shoes", null), owed, "shoes", "gold");
    Map<String, Delta> deltas = flush();
    assertThat(deltas).hasSize(5);
    assertThat(deltas.get("category|shoes").figures()).isEqualTo(degraded(-1));
    assertThat(deltas.get("segment|unknown").figures()).isEqualTo(sum(owed, -1, 0));
    assertThat(deltas.get("segment|gold").figures()).isEqualTo(sum(owed, 1, -1));
  }

  @Test
  void onlyTheProductWasMissing() {
    Figures owed = sale(EventType.PURCHASE, 7_000_000);
    corrections.pay("a", key(true, "ann", null, "gold"), owed, "shoes", "gold");
    Map<String, Delta> deltas = flush();
    assertThat(deltas).hasSize(5);
    assertThat(deltas.get("category|unknown").figures()).isEqualTo(sum(owed, -1, 0));
    assertThat(deltas.get("category|shoes").figures()).isEqualTo(sum(owed, 1, -1));
    assertThat(deltas.get("segment|gold").figures()).isEqualTo(degraded(-1));
  }

  @Test
  void changesOfOneRowBecomeOne() {
    corrections.pay("a", key(false, null, null, null), views(1), "shoes", null);
    corrections.pay("b", key(false, null, null, null), views(2), "shoes", null);
    Map<String, Delta> deltas = flush();
    assertThat(deltas).hasSize(5);
    assertThat(deltas.get("category|shoes").figures().views()).isEqualTo(3);
    assertThat(deltas.get("category|unknown").figures().views()).isEqualTo(-3);
    assertThat(deltas.get("category|unknown").figures().degraded()).isEqualTo(-3);
    assertThat(deltas.get("shop|all").figures()).isEqualTo(degraded(-3));
    assertThat(flush()).isEmpty();
  }

  @Test
  void eachAggregationsRowsAreMendedInThemselves() {
    Owed.Key backup = new Owed.Key(true, WINDOW, false, null, null, null);
    corrections.pay("a", key(false, null, null, null), views(3), "shoes", null);
    corrections.pay("a", backup, views(2), "shoes", null);
    Map<String, Figures> primaries = new HashMap<>();
    Map<String, Figures> backups = new HashMap<>();
    corrections.flush(
        delta -> add(primaries, delta.row(), delta.figures()),
        delta -> add(backups, delta.row(), delta.figures()));
    assertThat(primaries)
        .containsOnlyKeys("product|a", "category|unknown", "category|shoes", "shop|all");
    assertThat(backups).containsOnlyKeys(primaries.keySet().toArray(String[]::new));
    assertThat(primaries.get("shop|all")).isEqualTo(degraded(-3));
    assertThat(backups.get("shop|all")).isEqualTo(degraded(-2));
    assertThat(primaries.get("category|unknown")).isEqualTo(sum(views(3), -1, 0));
    assertThat(backups.get("category|unknown")).isEqualTo(sum(views(2), -1, 0));
    assertThat(backups.get("category|shoes").views()).isEqualTo(2);
    assertThat(flush()).isEmpty();
  }

  @Test
  void whatWasCountedPlusTheCorrectionsIsTheTruth() {
    Random random = new Random(3);
    String[] truth = {"shoes", "hats", RowKey.UNKNOWN};
    for (int round = 0; round < 200; round++) {
      Map<String, Figures> rows = new HashMap<>();
      Map<String, Figures> expected = new HashMap<>();
      List<Runnable> payments = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        boolean sale = random.nextBoolean();
        String item = "i" + random.nextInt(3);
        String category = truth[random.nextInt(3)];
        String segment = truth[random.nextInt(3)];
        boolean noProduct = random.nextBoolean();
        Owed.Key key =
            key(
                sale,
                sale ? "u" : null,
                sale && !noProduct ? category : null,
                sale && noProduct && random.nextBoolean() ? segment : null);
        Figures owed =
            sale ? sale(EventType.PURCHASE, random.nextInt(1_000)) : views(1 + random.nextInt(3));
        Figures clean = sum(owed, 1, -owed.degraded());
        count(rows, item, key.category(), key.segment(), sale, owed);
        count(expected, item, category, segment, sale, clean);
        payments.add(() -> corrections.pay(item, key, owed, category, segment));
      }
      payments.forEach(Runnable::run);
      flush().values().forEach(d -> add(rows, d.row(), d.figures()));
      rows.forEach(
          (row, figures) -> {
            Figures left = sum(expected.getOrDefault(row, new Figures()), 1, 0);
            left.add(figures, -1);
            assertThat(left.isZero()).as(row).isTrue();
          });
      assertThat(rows.keySet()).containsAll(expected.keySet());
    }
  }

  private static void count(
      Map<String, Figures> rows,
      String item,
      String category,
      String segment,
      boolean sale,
      Figures figures) {
    add(rows, new RowKey(Dimension.PRODUCT, item), figures);
    add(
        rows,
        new RowKey(Dimension.CATEGORY, Objects.requireNonNullElse(category, RowKey.UNKNOWN)),
        figures);
    if (sale) {
      add(
          rows,
          new RowKey(Dimension.SEGMENT, Objects.requireNonNullElse(segment, RowKey.UNKNOWN)),
          figures);
    }
    add(rows, RowKey.SHOP, figures);
  }

  private static void add(Map<String, Figures> rows, RowKey row, Figures figures) {
    rows.computeIfAbsent(row.text(), key -> new Figures()).add(figures, 1);
  }
}
