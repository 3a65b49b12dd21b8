package io.tillstream.jobs;

import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.aggregation.sums.PublishedRow;
import io.tillstream.operators.aggregation.sums.PublishedRows;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The own output read back from where the test {@linkplain Collected collects} it. */
final class CollectedRows implements PublishedRows {
  /** Under which the rows are collected. */
  static final String NAME = "shop-metrics";

  static final PublishedRows.Factory FACTORY = CollectedRows::new;

  @Override
  public Map<Integer, Long> endOffsets() {
    return Map.of(0, (long) Collected.size(NAME));
  }

  @Override
  public Map<Integer, Long> readSince(Map<Integer, Long> from, Consumer<PublishedRow> each) {
    int first = from.getOrDefault(0, 0L).intValue();
    List<MetricRow> rows = Collected.of(NAME, first);
    rows.forEach(
        row ->
            each.accept(
                new PublishedRow(
                    row.row(), row.windowStart(), row.aggregator(), row.version(), row.writer())));
    return Map.of(0, (long) first + rows.size());
  }

  @Override
  public void close() {}
}
