package io.tillstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.Stock;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a reader of the collected rows sees: of each row the highest version, the rows of all
 * aggregators of one window joined, as the contract has it.
 */
final class PublishedSums {

  private PublishedSums() {}

  /** The newest of every row, joined over the aggregators. */
  static Map<String, MetricRow> latest() {
    Map<String, MetricRow> newest = new HashMap<>();
    for (MetricRow row : Collected.<MetricRow>of(CollectedRows.NAME, 0)) {
      newest.merge(nameAlone(row), row, (a, b) -> b.version() >= a.version() ? b : a);
    }
    Map<String, MetricRow> joined = new HashMap<>();
    newest.values().forEach(row -> joined.merge(PlainSums.name(row), row, PublishedSums::join));
    return joined;
  }

  private static String nameAlone(MetricRow row) {
    return PlainSums.name(row) + "|" + row.aggregator();
  }

  private static MetricRow join(MetricRow a, MetricRow b) {
    Figures figures = a.figures().copy();
    figures.add(b.figures(), 1);
    return new MetricRow(
        a.row(),
        a.windowStart(),
        a.windowEnd(),
        figures,
        a.category() == null || a.figures().isZero() ? b.category() : a.category(),
        Stock.newer(a.stock(), b.stock()),
        "joined",
        0,
        0,
        a.isFinal() && b.isFinal(),
        MetricRow.NO_NEW_RECORD,
        0);
  }

  static void assertVersionsRise() {
    Map<String, Long> last = new HashMap<>();
    for (MetricRow row : Collected.<MetricRow>of(CollectedRows.NAME, 0)) {
      Long before = last.put(nameAlone(row), row.version());
      assertThat(before == null || before < row.version()).as("the version of %s", row).isTrue();
    }
  }

  /** What differs: the row, what it says, what it should say. */
  static Map<String, String> wrong(Map<String, String> expected) {
    Map<String, String> left = new TreeMap<>(expected);
    Map<String, String> wrong = new TreeMap<>();
    latest()
        .forEach(
            (name, row) -> {
              String should = left.remove(name);
              String says = PlainSums.text(row);
              if (!says.equals(should == null ? PlainSums.NOTHING : should)) {
                wrong.put(name, says + " instead of " + should);
              }
            });
    left.forEach((name, should) -> wrong.put(name, "nothing instead of " + should));
    return wrong;
  }

  static String few(Map<String, String> wrong) {
    return wrong.entrySet().stream().limit(10).map(Object::toString).toList()
        + " and others, "
        + wrong.size()
        + " in all";
  }
}
