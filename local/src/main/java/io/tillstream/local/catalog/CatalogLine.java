package io.tillstream.local.catalog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.tillstream.local.layout.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A product or a shopper.
 *
 * @param key of the Redis hash
 * @param set what it has
 * @param missing what a product or shopper may have and this one has not
 */
record CatalogLine(String key, Map<String, String> set, List<String> missing) {
  private static final int MAX_ID = 128;
  private static final List<String> PRODUCT = List.of("title", "category", "brand");
  private static final List<String> SHOPPER = List.of("segment", "country");
  private static final ObjectReader READER =
      Json.MAPPER
          .reader()
          .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * @throws IllegalArgumentException naming the field and what is wrong with it
   */
  static CatalogLine parse(byte[] json) {
    JsonNode tree;
    try {
      tree = READER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
    if (!tree.isObject()) {
      throw new IllegalArgumentException("not a JSON object");
    }
    boolean product = tree.hasNonNull("item_id");
    if (product == tree.hasNonNull("user_id")) {
      throw new IllegalArgumentException(
          product ? "both item_id and user_id" : "neither item_id nor user_id");
    }
    String idField = product ? "item_id" : "user_id";
    String id = text(tree, idField);
    if (id.isEmpty() || id.codePointCount(0, id.length()) > MAX_ID) {
      throw new IllegalArgumentException(idField + " must have 1 to " + MAX_ID + " characters");
    }
    Map<String, String> set = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (String field : product ? PRODUCT : SHOPPER) {
      if (tree.hasNonNull(field)) {
        set.put(field, text(tree, field));
      } else {
        missing.add(field);
      }
    }
    return new CatalogLine((product ? "product:" : "user:") + id, set, missing);
  }

  private static String text(JsonNode tree, String field) {
    JsonNode value = tree.get(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(field + " must be a string");
    }
    return value.asText();
  }
}
