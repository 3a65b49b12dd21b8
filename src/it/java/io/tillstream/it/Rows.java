package io.tillstream.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.it.oracle.RawRecord;
import io.tillstream.local.layout.Json;
import io.tillstream.local.topics.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code shop-metrics} as it stands: every version of every row, in the order of its offsets. */
final class Rows {
  private final Map<String, List<JsonNode>> versions = new LinkedHashMap<>();

  private Rows() {}

  static Rows read(Shop shop) {
    Rows rows = new Rows();
    for (RawRecord record : shop.read(Topics.SHOP_METRICS)) {
      String key = new String(record.key(), StandardCharsets.UTF_8);
      rows.versions.computeIfAbsent(key, any -> new ArrayList<>()).add(json(record));
    }
    return rows;
  }

  /** Every version of one row, oldest first. */
  List<JsonNode> versions(String dimension, String key, Instant window) {
    return versions.getOrDefault(
        String.join("|", dimension, key, "" + window, "primary"), List.of());
  }

  /** The version that counts. */
  Optional<JsonNode> newest(String dimension, String key, Instant window) {
    List<JsonNode> all = versions(dimension, key, window);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** Every row with all its versions. */
  Iterable<List<JsonNode>> all() {
    return versions.values();
  }

  private static JsonNode json(RawRecord record) {
    try {
      return Json.MAPPER.readTree(record.value());
    } catch (IOException e) {
      throw new AssertionError("not JSON", e);
    }
  }
}
