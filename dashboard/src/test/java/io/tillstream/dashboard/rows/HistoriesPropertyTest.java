package io.tillstream.dashboard.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** In whatever order rows come, and however often: the same numbers. */
class HistoriesPropertyTest {
  private record Place(String key, long window, String aggregator) {}

  // What a version says is always the same, as with one that is published again after a crash.
  @Provide
  Arbitrary<List<Row>> rows() {
    Arbitrary<Row> row =
        Combinators.combine(
                Arbitraries.of("a", "b", "c"),
                Arbitraries.integers().between(0, 5),
                Arbitraries.of("primary", "backup"),
                Arbitraries.longs().between(1, 20))
            .as(
                (key, window, aggregator, version) -> {
                  long seed = new Place(key, window, aggregator).hashCode() * 31L + version;
                  Random random = new Random(seed);
                  Stock stock =
                      random.nextBoolean()
                          ? new Stock(random.nextInt(30), Some.START + random.nextInt(1_000))
                          : null;
                  Money money =
                      Some.money(
                          "USD",
                          random.nextInt(1_000) + "." + (10 + random.nextInt(90)),
                          "JPY",
                          String.valueOf(random.nextInt(1_000)));
                  return Some.row(
                      Row.PRODUCT,
                      key,
                      window,
                      aggregator,
                      version,
                      random.nextInt(1_000),
                      money,
                      stock);
                });
    return row.list().ofMaxSize(60);
  }

  @Property(tries = 300)
  void orderAndRepetitionMakeNoDifference(@ForAll("rows") List<Row> rows, @ForAll long seed) {
    List<Row> told = new ArrayList<>(rows);
    told.addAll(rows.subList(0, rows.size() / 2));
    Collections.shuffle(told, new Random(seed));
    Histories histories = new Histories(Row.PRODUCT, 70, 1_000);
    told.forEach(histories::put);
    for (String key : List.of("a", "b", "c")) {
      assertThat(histories.of(key)).isEqualTo(expected(rows, key));
      assertThat(histories.stock(key)).isEqualTo(stock(expected(rows, key)));
      assertThat(histories.complete(key)).isTrue();
    }
  }

  private static List<Row> expected(List<Row> rows, String key) {
    Map<Place, Row> newest = new HashMap<>();
    for (Row row : rows) {
      if (row.key().equals(key)) {
        newest.merge(
            new Place(key, row.windowStart(), row.aggregator()),
            row,
            (one, two) -> one.version() > two.version() ? one : two);
      }
    }
    Map<Long, Row> joined = new TreeMap<>();
    newest.values().stream()
        .sorted(Comparator.comparing(Row::aggregator))
        .forEach(row -> joined.merge(row.windowStart(), row, Row::join));
    return new ArrayList<>(joined.values());
  }

  private static Stock stock(List<Row> rows) {
    return rows.stream().map(Row::stock).reduce(null, Stock::newer);
  }
}
