package io.tillstream.dashboard.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;

/** The newest list of trending products. */
final class Trending {
  private static final int MOST_ITEMS = 200;
  private static final int LONGEST = 512;

  private Instant windowEnd;
  private ObjectNode newest;

  /**
   * Takes a message of {@code shop-trending}.
   *
   * @return whether it is the newest list
   */
  boolean add(JsonNode tree, Titles titles) {
    if (tree == null || !tree.path("window_end").isTextual() || !tree.path("items").isArray()) {
      return false;
    }
    Instant end;
    try {
      end = Instant.parse(tree.path("window_end").asText());
    } catch (DateTimeException noTime) {
      return false;
    }
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.put("window_end", end.toString());
    ArrayNode items = list.putArray("items");
    for (JsonNode item : tree.path("items")) {
      String id = JsonText.text(item, "item_id", LONGEST);
      if (id != null && items.size() < MOST_ITEMS) {
        String title = JsonText.text(item, "title", LONGEST);
        String category = JsonText.text(item, "category", LONGEST);
        titles.put(id, title, category);
        ObjectNode node = items.addObject();
        node.put("item_id", id);
        node.put("title", title);
        node.put("category", category);
        node.put("views", item.path("views").asLong());
        node.put("units", item.path("units").asLong());
        node.put("rank", item.path("rank").asInt(items.size()));
        JsonNode previous = item.path("previous_rank");
        node.put("previous_rank", previous.isInt() ? previous.asInt() : null);
      }
    }
    if (windowEnd != null && end.isBefore(windowEnd)) {
      return false;
    }
    windowEnd = end;
    newest = list;
    return true;
  }

  /** The newest list, or null. */
  ObjectNode newest() {
    return newest;
  }
}
