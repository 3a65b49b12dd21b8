package io.tillstream.it.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tiny inputs for the oracle's tests, written by hand. All of it happens on 2026-01-01 at noon. */
final class Desk {
  static final long NOON = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();
  private static final ObjectMapper JSON = new ObjectMapper();

  final List<RawRecord> events = new ArrayList<>();
  final List<RawRecord> metrics = new ArrayList<>();
  final List<RawRecord> deadLetters = new ArrayList<>();
  final List<RawRecord> lateEvents = new ArrayList<>();
  final Catalog catalog = new Catalog();
  OracleOptions options = OracleOptions.defaults();
  JsonNode status;

  /** Single quotes for double ones, and {@code @12.5} for the instant 12.5 s after noon. */
  @SuppressWarnings("StringSplitter") // Nothing stands at the end that could get lost.
  static String json(String text) {
    StringBuilder out = new StringBuilder();
    for (String part : text.replace('\'', '"').split("(?<=[:\\[])(?=@)")) {
      if (part.startsWith("@")) {
        String number = part.replaceFirst("@([0-9.]+).*", "$1");
        long millis = NOON + Math.round(Double.parseDouble(number) * 1000);
        out.append('"').append(Instant.ofEpochMilli(millis)).append('"');
        out.append(part.substring(1 + number.length()));
      } else {
        out.append(part);
      }
    }
    return out.toString();
  }

  static JsonNode tree(String text) {
    try {
      return JSON.readTree(json(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An event into partition 0; its Kafka timestamp is noon plus its place. */
  Desk event(String text) {
    return event(0, text);
  }

  Desk event(int partition, String text) {
    events.add(record("shop-events", partition, events.size(), null, json(text), Map.of()));
    return this;
  }

  /** A row; what every row needs is added where it is missing. */
  Desk row(String dimension, String key, double start, String text) {
    ObjectNode row = (ObjectNode) tree(text);
    long from = NOON + Math.round(start * 1000);
    row.put("dimension", dimension).put("key", key);
    row.put("window_start", Instant.ofEpochMilli(from).toString());
    row.put("window_end", Instant.ofEpochMilli(from + options.window().toMillis()).toString());
    if (!row.has("version")) {
      row.put("version", metrics.size() + 1);
    }
    if (!row.has("aggregator")) {
      row.put("aggregator", "primary");
    }
    row.put("final", false);
    String topicKey =
        String.join(
            "|",
            dimension,
            key,
            row.path("window_start").asText(),
            row.path("aggregator").asText());
    metrics.add(record("shop-metrics", 0, metrics.size(), topicKey, row.toString(), Map.of()));
    return this;
  }

  Desk late(String id, String text) {
    lateEvents.add(record("late-events", 0, lateEvents.size(), id, json(text), Map.of()));
    return this;
  }

  Desk deadLetter(long offset, String errorClass, String text) {
    Map<String, byte[]> headers =
        Map.of(
            "topic", bytes("shop-events"),
            "partition", bytes("0"),
            "offset", bytes(Long.toString(offset)),
            "stage", bytes("ingestion"),
            "error", bytes("bad"),
            "error_class", bytes(errorClass));
    deadLetters.add(record("dead-letters", 0, deadLetters.size(), null, json(text), headers));
    return this;
  }

  /** A letter of a good event of partition 0 that neither aggregation took. */
  Desk failed(long offset, String text) {
    Map<String, byte[]> headers =
        Map.of(
            "topic", bytes("shop-events"),
            "partition", bytes("0"),
            "offset", bytes(Long.toString(offset)),
            "stage", bytes("backup-aggregation"),
            "error", bytes("gave up after 4 attempts: no"),
            "error_class", bytes("PROCESSING_FAILED"));
    deadLetters.add(record("dead-letters", 0, deadLetters.size(), null, json(text), headers));
    return this;
  }

  OracleReport check() {
    return Oracle.check(
        new OracleInput(events, catalog, metrics, deadLetters, lateEvents, status, options));
  }

  private static RawRecord record(
      String topic,
      int partition,
      long offset,
      String key,
      String value,
      Map<String, byte[]> headers) {
    return new RawRecord(
        topic,
        partition,
        offset,
        NOON + 600_000 + offset,
        key == null ? null : bytes(key),
        bytes(value),
        headers);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
