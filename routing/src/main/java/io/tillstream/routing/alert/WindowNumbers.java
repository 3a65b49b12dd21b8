package io.tillstream.routing.alert;

import java.math.BigDecimal;

/** The numbers of one row, asked for by name: most rows are asked for one or two. */
public interface WindowNumbers {

  /**
   * A number that the row holds itself: a count, {@code available}, {@code revenue.USD}, {@code
   * refunds.EUR}. Rates are never asked for; they are computed from {@code views}, {@code
   * purchases}, {@code carts_abandoned} and {@code carts_bought} once the aggregators are joined.
   *
   * @return null if the row has no such number
   */
  BigDecimal number(String name);

  /** The time of {@code available} in epoch milliseconds; anything if there is none. */
  long availableAt();
}
