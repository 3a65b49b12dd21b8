package io.tillstream.it.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code shop-metrics} as a reader sees it in the end: of each key the highest version, the later
 * record on a tie, and the rows of the aggregators side by side.
 */
final class PublishedRows {
  private static final Set<String> DIMENSIONS = Set.of("product", "category", "segment", "shop");
  private static final Set<String> AGGREGATORS = Set.of("primary", "backup");

  private record Version(long version, JsonNode value, RawRecord record) {}

  private final Map<String, Version> newest = new HashMap<>();
  private final ObjectMapper mapper = new ObjectMapper();
  private final OracleReport report;
  private final OracleOptions options;

  private PublishedRows(OracleReport report, OracleOptions options) {
    this.report = report;
    this.options = options;
  }

  /** The rows of each key, one an aggregator; what is wrong with a record goes to the report. */
  static Map<RowKey, List<JsonNode>> read(
      List<RawRecord> records, OracleOptions options, OracleReport report) {
    PublishedRows rows = new PublishedRows(report, options);
    List<RawRecord> order = new ArrayList<>(records);
    order.sort(Comparator.comparingInt(RawRecord::partition).thenComparingLong(RawRecord::offset));
    order.forEach(rows::add);
    Map<RowKey, List<JsonNode>> joined = new HashMap<>();
    for (Version version : rows.newest.values()) {
      joined
          .computeIfAbsent(rows.rowKey(version.value), key -> new ArrayList<>(1))
          .add(version.value);
    }
    return joined;
  }

  private void add(RawRecord record) {
    String where = record.partition() + "/" + record.offset();
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    JsonNode value;
    try {
      value = mapper.readTree(record.value() == null ? new byte[0] : record.value());
    } catch (IOException e) {
      report.difference("metrics record", where + " is not JSON: " + e.getMessage());
      return;
    }
    String fault = fault(key, value);
    if (fault != null) {
      report.difference("metrics record", where + " key " + key + ": " + fault);
      return;
    }
    long version = value.path("version").longValue();
    Version before = newest.get(key);
    if (before != null && before.record.partition() != record.partition()) {
      report.difference("metrics record", key + " lies in two partitions");
    }
    if (before != null && version < before.version) {
      report.difference(
          "version falls",
          "%s: %d at offset %d, then %d at offset %d"
              .formatted(key, before.version, before.record.offset(), version, record.offset()));
      return;
    }
    newest.put(key, new Version(version, value, record));
  }

  /** What is wrong with the frame of a row, or null. */
  private String fault(String key, JsonNode value) {
    if (!value.isObject()) {
      return "not an object";
    }
    String dimension = value.path("dimension").asText();
    String aggregator = value.path("aggregator").asText();
    if (!DIMENSIONS.contains(dimension) || !AGGREGATORS.contains(aggregator)) {
      return "dimension " + dimension + ", aggregator " + aggregator;
    }
    String start = value.path("window_start").asText();
    String wanted = String.join("|", dimension, value.path("key").asText(), start, aggregator);
    if (!key.equals(wanted)) {
      return "the value says " + wanted;
    }
    if (!value.path("version").isIntegralNumber() || !value.path("final").isBoolean()) {
      return "version must be an integer and final a boolean";
    }
    try {
      long from = Instant.parse(start).toEpochMilli();
      long to = Instant.parse(value.path("window_end").asText()).toEpochMilli();
      if (from != options.windowStart(from) || to - from != options.window().toMillis()) {
        return "the window is not one of " + options.window();
      }
    } catch (DateTimeException e) {
      return "window_start or window_end is no instant";
    }
    return null;
  }

  private RowKey rowKey(JsonNode value) {
    return new RowKey(
        value.path("dimension").asText(),
        value.path("key").asText(),
        Instant.parse(value.path("window_start").asText()).toEpochMilli());
  }
}
