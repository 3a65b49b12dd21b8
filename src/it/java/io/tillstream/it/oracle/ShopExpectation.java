package io.tillstream.it.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The whole shop's numbers in one window, as they must be, for whoever compares them with something
 * else than {@code shop-metrics}.
 *
 * @param revenue by currency, written as the contract writes sums
 */
public record ShopExpectation(
    long views, long addToCarts, long orders, long purchases, Map<String, String> revenue) {

  /** Every window that must have a row, by its start; no event may have failed. */
  public static SortedMap<Instant, ShopExpectation> of(OracleInput input) {
    OracleOptions options = input.options();
    Intake intake = Intake.of(input.events(), options);
    LateCheck late = LateCheck.of(input.lateEvents(), intake, options, new OracleReport());
    List<InputEvent> counted = new ArrayList<>();
    for (Intake.Seen seen : intake.kept()) {
      if (!late.contains(seen.event())) {
        counted.add(seen.event());
      }
    }
    SortedMap<Instant, ShopExpectation> all = new TreeMap<>();
    Expectation.of(
            counted,
            List.of(),
            input.catalog(),
            options,
            intake.lowWatermark(),
            intake.highWatermark())
        .forEach(
            (key, row) -> {
              if (key.dimension().equals("shop")) {
                all.put(Instant.ofEpochMilli(key.windowStart()), of(row));
              }
            });
    return all;
  }

  private static ShopExpectation of(ExpectedRow row) {
    Map<String, String> revenue = new TreeMap<>();
    row.revenue.forEach((currency, sum) -> revenue.put(currency, MoneyText.of(currency, sum)));
    return new ShopExpectation(row.views, row.addToCarts, row.orders, row.purchases, revenue);
  }
}
