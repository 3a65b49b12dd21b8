package io.tillstream.operators.alerting.watch;

import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.figures.Dimension;
import io.tillstream.operators.figures.Figures;
import io.tillstream.routing.alert.WindowFigures;
import io.tillstream.routing.alert.WindowNumbers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/** A row's numbers by the names they have in {@code shop-metrics}. */
final class RowNumbers implements WindowNumbers {
  private static final int MICRO_DIGITS = 6;
  private static final String REVENUE = "revenue.";
  private static final String REFUNDS = "refunds.";

  private final MetricRow row;

  private RowNumbers(MetricRow row) {
    this.row = row;
  }

  /** The row as the alerts' core sees it. */
  static WindowFigures figures(MetricRow row) {
    return new WindowFigures(
        row.row().dimension().text(),
        row.row().key(),
        row.windowStart(),
        row.windowEnd(),
        row.aggregator(),
        row.version(),
        row.isFinal(),
        row.emittedAt(),
        new RowNumbers(row));
  }

  @Override
  public BigDecimal number(String name) {
    Figures figures = row.figures();
    return switch (name) {
      case "views" -> BigDecimal.valueOf(figures.views());
      case "add_to_carts" -> BigDecimal.valueOf(figures.addToCarts());
      case "removes_from_cart" -> BigDecimal.valueOf(figures.removesFromCart());
      case "checkouts" -> BigDecimal.valueOf(figures.checkouts());
      case "purchases" -> BigDecimal.valueOf(figures.purchases());
      case "units" -> BigDecimal.valueOf(figures.units());
      case "degraded" -> BigDecimal.valueOf(figures.degraded());
      case "orders" -> shop(figures.orders());
      case "carts_opened" -> shop(figures.cartsOpened());
      case "carts_bought" -> shop(figures.cartsBought());
      case "carts_abandoned" -> shop(figures.cartsAbandoned());
      case "available" -> row.stock() == null ? null : BigDecimal.valueOf(row.stock().available());
      default -> money(name);
    };
  }

  private BigDecimal shop(long number) {
    return row.row().dimension() == Dimension.SHOP ? BigDecimal.valueOf(number) : null;
  }

  private BigDecimal money(String name) {
    Map<String, BigInteger> revenue = row.figures().revenue().micros();
    Map<String, BigInteger> refunds = row.figures().refunds().micros();
    if (name.startsWith(REVENUE)) {
      return money(name.substring(REVENUE.length()), revenue, refunds);
    }
    if (name.startsWith(REFUNDS)) {
      return money(name.substring(REFUNDS.length()), refunds, revenue);
    }
    return null;
  }

  // A currency seen on either side stands on both, as in the row's JSON.
  private static BigDecimal money(
      String currency, Map<String, BigInteger> side, Map<String, BigInteger> other) {
    BigInteger micros = side.get(currency);
    if (micros == null) {
      return other.containsKey(currency) ? BigDecimal.ZERO : null;
    }
    return new BigDecimal(micros, MICRO_DIGITS);
  }

  @Override
  public long availableAt() {
    return row.stock() == null ? 0 : row.stock().at();
  }
}
