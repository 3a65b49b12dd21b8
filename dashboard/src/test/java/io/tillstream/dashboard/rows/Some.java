package io.tillstream.dashboard.rows;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Rows for tests. */
final class Some {
  static final long MINUTE = 60_000;
  static final long START = Instant.parse("2026-11-24T04:00:00Z").toEpochMilli();

  private Some() {}

  static Row row(String key, int window, String aggregator, long version, long views, Stock stock) {
    return row(Row.PRODUCT, key, window, aggregator, version, views, Money.NONE, stock);
  }

  static Row row(
      String dimension,
      String key,
      int window,
      String aggregator,
      long version,
      long views,
      Money revenue,
      Stock stock) {
    long[] counts = new long[Figures.SIZE];
    counts[0] = views;
    counts[4] = views / 3;
    long start = START + window * MINUTE;
    return new Row(
        dimension,
        key,
        start,
        start + MINUTE,
        new Figures(counts),
        revenue,
        Money.NONE,
        stock,
        "shoes",
        aggregator,
        version,
        version % 2 == 0,
        Row.NONE,
        start + version);
  }

  static Money money(String... amounts) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (int i = 0; i < amounts.length; i += 2) {
      sums.put(amounts[i], new BigDecimal(amounts[i + 1]));
    }
    return new Money(sums);
  }
}
