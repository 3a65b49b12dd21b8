package io.tillstream.it.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares one row, its aggregators joined, with what it must be. */
final class RowComparison {
  private static final List<String> COUNTS =
      List.of(
          "views",
          "add_to_carts",
          "removes_from_cart",
          "checkouts",
          "purchases",
          "units",
          "orders",
          "carts_opened",
          "carts_abandoned",
          "degraded");

  private final RowKey key;
  private final ExpectedRow expected;
  private final List<JsonNode> rows;
  private final boolean degradedAllowed;
  private final OracleReport report;

  private RowComparison(
      RowKey key,
      ExpectedRow expected,
      List<JsonNode> rows,
      boolean degradedAllowed,
      OracleReport report) {
    this.key = key;
    this.expected = expected;
    this.rows = rows;
    this.degradedAllowed = degradedAllowed;
    this.report = report;
  }

  /**
   * Compares numbers and everything else.
   *
   * @param expected nothing but zeros if no row was expected
   * @param rows one an aggregator; none if the row is missing
   * @param category what a product row's category must be; null if that is not compared
   */
  static void compare(
      RowKey key,
      ExpectedRow expected,
      List<JsonNode> rows,
      String category,
      boolean degradedAllowed,
      OracleReport report) {
    RowComparison row = new RowComparison(key, expected, rows, degradedAllowed, report);
    row.numbers();
    row.rates();
    row.stock();
    if (category != null && !rows.isEmpty()) {
      row.category(category);
    }
  }

  /** Only the sums: enough where rows of several keys were thrown together. */
  static void compareNumbers(
      RowKey key, ExpectedRow expected, List<JsonNode> rows, OracleReport report) {
    new RowComparison(key, expected, rows, true, report).numbers();
  }

  private void numbers() {
    rows.forEach(this::notNegative);
    same("views", expected.views);
    same("add_to_carts", expected.addToCarts);
    same("removes_from_cart", expected.removesFromCart);
    same("checkouts", expected.checkouts);
    same("purchases", expected.purchases);
    same("units", expected.units);
    money("revenue", expected.revenue);
    money("refunds", expected.refunds);
    if (!degradedAllowed) {
      same("degraded", 0);
    }
    if (key.dimension().equals("shop")) {
      same("orders", expected.orders);
      same("carts_opened", expected.cartsOpened);
      long abandoned = sum("carts_abandoned");
      if (abandoned < expected.cartsAbandoned
          || abandoned > expected.cartsAbandoned + expected.cartsPerhapsAbandoned) {
        differ("carts_abandoned", abandoned, expected.cartsAbandoned);
      }
    }
  }

  /** What one aggregator counted the other may not take back: each row is right in itself. */
  private void notNegative(JsonNode row) {
    for (String field : COUNTS) {
      if (row.path(field).longValue() < 0) {
        report.difference("row negative", key + ": " + field + " in " + row);
      }
    }
    for (String field : new String[] {"revenue", "refunds"}) {
      for (JsonNode sum : row.path(field)) {
        if (sum.asText().startsWith("-")) {
          report.difference("row negative", key + ": " + field + " in " + row);
        }
      }
    }
  }

  private void same(String field, long wanted) {
    long actual = sum(field);
    if (actual != wanted) {
      differ(field, actual, wanted);
    }
  }

  private long sum(String field) {
    long sum = 0;
    for (JsonNode row : rows) {
      JsonNode value = row.path(field);
      if (value.isIntegralNumber()) {
        sum += value.longValue();
      } else if (!value.isMissingNode()) {
        differ(field, value, "an integer");
      }
    }
    return sum;
  }

  private void money(String field, Map<String, BigDecimal> wanted) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (JsonNode row : rows) {
      for (Map.Entry<String, JsonNode> entry : row.path(field).properties()) {
        BigDecimal sum = amount(field, entry.getKey(), entry.getValue());
        sums.merge(entry.getKey(), sum, BigDecimal::add);
      }
    }
    TreeSet<String> currencies = new TreeSet<>(sums.keySet());
    currencies.addAll(wanted.keySet());
    for (String currency : currencies) {
      BigDecimal actual = sums.getOrDefault(currency, BigDecimal.ZERO);
      BigDecimal right = wanted.getOrDefault(currency, BigDecimal.ZERO);
      if (actual.compareTo(right) != 0) {
        differ(field + "." + currency, actual.toPlainString(), right.toPlainString());
      }
    }
  }

  private BigDecimal amount(String field, String currency, JsonNode value) {
    try {
      BigDecimal sum = new BigDecimal(value.isTextual() ? value.textValue() : "not a string");
      String right = MoneyText.of(currency, sum);
      if (!right.equals(value.textValue())) {
        differ(field + "." + currency + " as text", value, right);
      }
      return sum;
    } catch (NumberFormatException e) {
      differ(field + "." + currency, value, "a decimal number as a string");
      return BigDecimal.ZERO;
    }
  }

  /** Each row's rates belong to its own numbers. */
  private void rates() {
    for (JsonNode row : rows) {
      BigDecimal right =
          MoneyText.rate(row.path("purchases").longValue(), row.path("views").longValue());
      rate(row, "conversion_rate", right);
    }
    if (key.dimension().equals("shop")) {
      abandonment();
    }
  }

  /** How many carts were bought is not published: only one aggregator's rate can be compared. */
  private void abandonment() {
    String field = "abandonment_rate";
    List<JsonNode> rated = rows.stream().filter(row -> row.hasNonNull(field)).toList();
    long abandoned = sum("carts_abandoned");
    BigDecimal right = MoneyText.rate(abandoned, abandoned + expected.cartsBought);
    if (rated.size() == 1) {
      rate(rated.get(0), field, right);
    } else if (rated.isEmpty() && right != null && !rows.isEmpty()) {
      differ(field, null, right);
    }
  }

  private void rate(JsonNode row, String field, BigDecimal right) {
    JsonNode value = row.path(field);
    BigDecimal actual = value.isNumber() ? value.decimalValue() : null;
    boolean same = (actual == null) == (right == null);
    if (same && actual != null) {
      same = actual.setScale(4, RoundingMode.HALF_UP).compareTo(right) == 0;
    }
    if (!same) {
      differ(field, value, right);
    }
  }

  private void stock() {
    Long actual = null;
    Instant at = null;
    for (JsonNode row : rows) {
      if (row.hasNonNull("available")) {
        long left = row.path("available").longValue();
        Instant time = instant(row.path("available_at").asText());
        if (at == null || time.isAfter(at) || (time.equals(at) && left < actual)) {
          actual = left;
          at = time;
        }
      }
    }
    if (!Objects.equals(actual, expected.available)) {
      differ("available", actual, expected.available);
    } else if (actual != null && at.toEpochMilli() != expected.availableAt) {
      differ("available_at", at, Instant.ofEpochMilli(expected.availableAt));
    }
  }

  private Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      differ("available_at", text, "an instant");
      return Instant.EPOCH;
    }
  }

  private void category(String right) {
    for (JsonNode row : rows) {
      JsonNode value = row.path("category");
      boolean absent = value.isMissingNode() || value.isNull();
      boolean counted = countsLines(row);
      // Without a counted line the category may be absent, and a row taken back may say anything.
      boolean takenBack = !counted && !row.hasNonNull("available");
      boolean other = !absent && !takenBack && !value.asText().equals(right);
      if ((absent && counted) || other) {
        differ("category", value, right);
      }
    }
  }

  private static boolean countsLines(JsonNode row) {
    return row.path("views").longValue()
            + row.path("add_to_carts").longValue()
            + row.path("removes_from_cart").longValue()
            + row.path("checkouts").longValue()
            + row.path("purchases").longValue()
        > 0;
  }

  private void differ(String field, Object actual, Object right) {
    report.difference(
        rows.isEmpty() ? "row missing" : "row " + field,
        "%s: %s is %s, must be %s".formatted(key, field, actual, right));
  }
}
