package io.tillstream.it.oracle;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** A row as it must be. */
final class ExpectedRow {
  long views;
  long addToCarts;
  long removesFromCart;
  long checkouts;
  long purchases;
  long units;
  long orders;
  final Map<String, BigDecimal> revenue = new TreeMap<>();
  final Map<String, BigDecimal> refunds = new TreeMap<>();
  Long available;
  long availableAt;

  long cartsOpened;
  long cartsBought;

  /** Carts that were abandoned for sure. */
  long cartsAbandoned;

  /** Carts that were abandoned if the watermark got as far as it possibly can have. */
  long cartsPerhapsAbandoned;

  /** Adds one item line of an event that is not a stock update. */
  void add(InputEvent event, InputEvent.Item item) {
    switch (event.type()) {
      case "view_item" -> views++;
      case "add_to_cart" -> addToCarts++;
      case "remove_from_cart" -> removesFromCart++;
      case "begin_checkout" -> checkouts++;
      case "purchase" -> {
        purchases++;
        units += item.quantity();
        revenue.merge(event.currency(), item.amount(), BigDecimal::add);
      }
      case "refund" -> refunds.merge(event.currency(), item.amount(), BigDecimal::add);
      default -> throw new IllegalStateException(event.type());
    }
  }

  /** Adds another row's lines to this one. */
  void add(ExpectedRow other) {
    views += other.views;
    addToCarts += other.addToCarts;
    removesFromCart += other.removesFromCart;
    checkouts += other.checkouts;
    purchases += other.purchases;
    units += other.units;
    other.revenue.forEach((currency, sum) -> revenue.merge(currency, sum, BigDecimal::add));
    other.refunds.forEach((currency, sum) -> refunds.merge(currency, sum, BigDecimal::add));
  }

  /** Newest by event time wins, the smaller value on a tie. */
  void stock(long time, long left) {
    if (available == null || time > availableAt || (time == availableAt && left < available)) {
      available = left;
      availableAt = time;
    }
  }
}
