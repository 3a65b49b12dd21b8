package io.tillstream.dashboard.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The last word on each of the newest alerts; of too many, the oldest resolved ones go first. */
final class Alerts {
  static final int MOST = 500;
  private static final int LONGEST = 1_000;
  private static final List<String> TEXTS =
      List.of(
          "alert_id",
          "rule_id",
          "status",
          "dimension",
          "key",
          "metric",
          "severity",
          "raised_at",
          "updated_at",
          "resolved_at",
          "reason");

  /**
   * An alert as it stands.
   *
   * @param json the contract's fields and nothing else
   */
  record Item(String id, long raisedAt, long sequence, ObjectNode json) {
    boolean open() {
      return !json.path("status").asText().equals("resolved");
    }

    boolean shadow() {
      return json.path("shadow").asBoolean();
    }

    boolean isOf(String dimension, String key) {
      return json.path("dimension").asText().equals(dimension)
          && json.path("key").asText().equals(key);
    }
  }

  private static final Comparator<Item> NEWEST_FIRST =
      Comparator.comparingLong(Item::raisedAt).thenComparing(Item::id).reversed();

  private static final long UNTOLD = Long.MAX_VALUE;

  private final Map<String, Item> byId = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private boolean untold;

  /**
   * Takes a message of {@code shop-alerts}.
   *
   * @return the alert, or null if it changes nothing
   */
  Item add(JsonNode tree) {
    String id = tree == null ? null : JsonText.text(tree, "alert_id", LONGEST);
    if (id == null || id.isEmpty()) {
      return null;
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (String field : TEXTS) {
      json.put(field, JsonText.text(tree, field, LONGEST));
    }
    for (String field : List.of("value", "threshold")) {
      json.set(field, tree.path(field).isNumber() ? tree.get(field) : null);
    }
    json.put("shadow", tree.path("shadow").asBoolean());
    Item item =
        new Item(
            id, millis(json.path("raised_at").asText("")), tree.path("sequence").asLong(), json);
    Item known = byId.get(id);
    if (known != null && known.sequence() > item.sequence()) {
      return null; // an older word, told again after a crash
    }
    byId.put(id, item);
    numbers.put(id, UNTOLD);
    untold = true;
    if (byId.size() > MOST) {
      byId.values().stream()
          .max(Comparator.comparing((Item one) -> !one.open()).thenComparing(NEWEST_FIRST))
          .ifPresent(this::forget);
    }
    return item;
  }

  private void forget(Item item) {
    byId.remove(item.id());
    numbers.remove(item.id());
  }

  /** Whether anything changed since {@link #number} was called. */
  boolean untold() {
    return untold;
  }

  /** What changed since the last call is of this number from now on. */
  void number(long number) {
    numbers.replaceAll((id, known) -> known == UNTOLD ? number : known);
    untold = false;
  }

  /** Writes an array of those of the newest that changed after a number, newest first. */
  void write(long number, int most, StringBuilder out) {
    char before = '[';
    for (Item item : newest(most)) {
      if (numbers.get(item.id()) > number) {
        out.append(before).append(item.json());
        before = ',';
      }
    }
    out.append(before == '[' ? "[]" : "]");
  }

  private static long millis(String instant) {
    try {
      return Instant.parse(instant).toEpochMilli();
    } catch (DateTimeException | ArithmeticException noTime) {
      return 0;
    }
  }

  /** The newest, newest first. */
  List<Item> newest(int most) {
    List<Item> all = new ArrayList<>(byId.values());
    all.sort(NEWEST_FIRST);
    return all.size() > most ? all.subList(0, most) : all;
  }
}
