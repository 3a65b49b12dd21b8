package io.tillstream.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.local.board.Rows.Figures;
import io.tillstream.local.layout.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the shop's rows must add up to, worked out from the very records that are sent: plain sums
 * over the events that are no repetition. Good for clean made traffic only, in which a repetition
 * follows soon and nothing is late.
 */
final class Expected {
  /** Far more than made traffic ever lets pass before it repeats an event. */
  static final int ENOUGH = 300_000;

  private final Map<String, Boolean> seen;
  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<String, BigDecimal> revenue = new TreeMap<>();
  private final Map<String, BigDecimal> refunds = new TreeMap<>();
  private long records;
  private long duplicates;

  /**
   * @param remembered how many events back a repetition may stand
   */
  Expected(int remembered) {
    seen =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > remembered;
          }
        };
  }

  void add(byte[] json) throws IOException {
    records++;
    JsonNode event = Json.MAPPER.readTree(json);
    if (seen.put(event.path("event_id").asText(), true) != null) {
      duplicates++;
      return;
    }
    String type = event.path("event_type").asText();
    if (type.equals("purchase")) {
      counts.merge("orders", 1L, Long::sum);
    }
    for (JsonNode item : event.path("items")) {
      line(type, item, event.path("currency").asText());
    }
  }

  private void line(String type, JsonNode item, String currency) {
    long quantity = item.path("quantity").asLong(1);
    switch (type) {
      case "view_item" -> counts.merge("views", 1L, Long::sum);
      case "add_to_cart" -> counts.merge("add_to_carts", 1L, Long::sum);
      case "remove_from_cart" -> counts.merge("removes_from_cart", 1L, Long::sum);
      case "begin_checkout" -> counts.merge("checkouts", 1L, Long::sum);
      case "purchase" -> {
        counts.merge("purchases", 1L, Long::sum);
        counts.merge("units", quantity, Long::sum);
        revenue.merge(currency, amount(item, quantity), BigDecimal::add);
      }
      case "refund" -> refunds.merge(currency, amount(item, quantity), BigDecimal::add);
      default -> {
        // A stock update counts nowhere.
      }
    }
  }

  private static BigDecimal amount(JsonNode item, long quantity) {
    return new BigDecimal(item.path("price").asText()).multiply(BigDecimal.valueOf(quantity));
  }

  long records() {
    return records;
  }

  long duplicates() {
    return duplicates;
  }

  /** What differs, in words; empty if the rows are exact to the cent. */
  Optional<String> difference(Figures published) {
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      long there = published.count(count.getKey());
      if (there != count.getValue()) {
        return Optional.of(count.getKey() + ": " + there + " instead of " + count.getValue());
      }
    }
    return differs("revenue", revenue, published.revenue())
        .or(() -> differs("refunds", refunds, published.refunds()));
  }

  private static Optional<String> differs(
      String name, Map<String, BigDecimal> wanted, Map<String, BigDecimal> there) {
    for (Map.Entry<String, BigDecimal> amount : wanted.entrySet()) {
      BigDecimal found = there.getOrDefault(amount.getKey(), BigDecimal.ZERO);
      if (found.compareTo(amount.getValue()) != 0) {
        return Optional.of(
            name + " " + amount.getKey() + ": " + found + " instead of " + amount.getValue());
      }
    }
    return Optional.empty();
  }
}
