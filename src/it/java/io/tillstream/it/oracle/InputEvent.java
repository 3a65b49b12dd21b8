package io.tillstream.it.oracle;

import java.math.BigDecimal;
import java.util.List;

/** An event that passed every check. Optional fields are null when absent. */
record InputEvent(
    String id,
    String type,
    long time,
    String user,
    String session,
    String transaction,
    String currency,
    List<Item> items) {

  /** One item line. */
  record Item(String id, BigDecimal price, long quantity, Long available) {
    BigDecimal amount() {
      return price.multiply(BigDecimal.valueOf(quantity));
    }
  }

  boolean is(String wanted) {
    return type.equals(wanted);
  }
}
