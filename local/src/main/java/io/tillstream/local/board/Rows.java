package io.tillstream.local.board;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Rows of {@code shop-metrics} as a reader keeps them: of each the highest version, the later
 * record on a tie; rows of different aggregators are joined.
 */
public final class Rows {
  private record RowKey(String dimension, String key, String windowStart) {}

  private final Map<RowKey, Map<String, JsonNode>> newest = new HashMap<>();

  /** Takes a row; anything else is ignored. */
  public void add(JsonNode row) {
    if (!row.path("dimension").isTextual() || !row.path("window_start").isTextual()) {
      return;
    }
    RowKey key =
        new RowKey(
            row.path("dimension").asText(),
            row.path("key").asText(),
            row.path("window_start").asText());
    newest
        .computeIfAbsent(key, k -> new LinkedHashMap<>())
        .merge(
            row.path("aggregator").asText("primary"),
            row,
            (old, now) -> now.path("version").asLong() >= old.path("version").asLong() ? now : old);
  }

  /** The shop's window that begins last, if there is any. */
  public Optional<Figures> newestShopWindow() {
    return newest.keySet().stream()
        .filter(key -> key.dimension().equals("shop"))
        .max((one, other) -> one.windowStart().compareTo(other.windowStart()))
        .map(key -> Figures.join(newest.get(key).values()));
  }

  /** The shop's sums over all windows. */
  public Figures shopTotal() {
    List<JsonNode> rows = new ArrayList<>();
    newest.forEach(
        (key, byAggregator) -> {
          if (key.dimension().equals("shop")) {
            rows.addAll(byAggregator.values());
          }
        });
    return Figures.join(rows);
  }

  /** Forgets all rows but those of the newest window, so that a long demo stays small. */
  public void keepNewestWindow() {
    Optional<String> last =
        newest.keySet().stream().map(RowKey::windowStart).max(String::compareTo);
    last.ifPresent(start -> newest.keySet().removeIf(key -> !key.windowStart().equals(start)));
  }

  /**
   * Numbers that add up.
   *
   * @param counts by the contract's field names
   * @param revenue by currency
   * @param refunds by currency
   */
  public record Figures(
      String windowStart,
      Map<String, Long> counts,
      Map<String, BigDecimal> revenue,
      Map<String, BigDecimal> refunds) {
    private static final List<String> COUNTS =
        List.of(
            "views",
            "add_to_carts",
            "removes_from_cart",
            "checkouts",
            "purchases",
            "units",
            "orders",
            "degraded");

    static Figures join(Iterable<JsonNode> rows) {
      String start = "";
      Map<String, Long> counts = new LinkedHashMap<>();
      COUNTS.forEach(name -> counts.put(name, 0L));
      Map<String, BigDecimal> revenue = new TreeMap<>();
      Map<String, BigDecimal> refunds = new TreeMap<>();
      for (JsonNode row : rows) {
        start = row.path("window_start").asText();
        counts.replaceAll((name, sum) -> sum + row.path(name).asLong());
        addMoney(revenue, row.path("revenue"));
        addMoney(refunds, row.path("refunds"));
      }
      return new Figures(start, counts, revenue, refunds);
    }

    /** A count by the contract's name. */
    public long count(String name) {
      return counts.getOrDefault(name, 0L);
    }

    private static void addMoney(Map<String, BigDecimal> sums, JsonNode amounts) {
      for (Map.Entry<String, JsonNode> amount : amounts.properties()) {
        sums.merge(amount.getKey(), new BigDecimal(amount.getValue().asText()), BigDecimal::add);
      }
    }
  }
}
