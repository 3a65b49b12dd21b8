package io.tillstream.routing.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One JSON object of a record, with its fields by name and type. Unknown fields are ignored and
 * {@code null} is the same as absent.
 */
public final class JsonRecord {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  // Remembered names would fill the memory if somebody wrote ever new ones.
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final JsonNode root;

  private JsonRecord(JsonNode root) {
    this.root = root;
  }

  /**
   * Reads a record.
   *
   * @throws JsonRecordException if it is null, or not one JSON object in UTF-8
   */
  public static JsonRecord read(byte[] value) throws JsonRecordException {
    if (value == null || value.length == 0) {
      throw JsonRecordException.notJson("the record must be one JSON object, was empty");
    }
    JsonNode root;
    try {
      root =
          MAPPER.readTree(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString());
    } catch (CharacterCodingException e) {
      throw JsonRecordException.notJson("the record must be UTF-8, has bytes that are not");
    } catch (JsonProcessingException e) {
      throw JsonRecordException.notJson(
          "the record must be one JSON object: "
              + String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse(""));
    }
    if (root.isMissingNode()) {
      throw JsonRecordException.notJson("the record must be one JSON object, was blank");
    }
    if (!root.isObject()) {
      throw JsonRecordException.wrongType("the record", "one JSON object", root);
    }
    return new JsonRecord(root);
  }

  private JsonNode field(String name) {
    JsonNode node = root.get(name);
    return node == null || node.isNull() ? null : node;
  }

  private JsonNode needed(String name) throws JsonRecordException {
    JsonNode node = field(name);
    if (node == null) {
      throw JsonRecordException.missing(name);
    }
    return node;
  }

  /** Whether the field is there and not null. */
  public boolean has(String name) {
    return field(name) != null;
  }

  /** A string that must be there. */
  public String text(String name) throws JsonRecordException {
    JsonNode node = needed(name);
    if (!node.isTextual()) {
      throw JsonRecordException.wrongType(name, "a string", node);
    }
    return node.textValue();
  }

  /** A string, or null. */
  public String textOrNull(String name) throws JsonRecordException {
    return has(name) ? text(name) : null;
  }

  /** An ISO-8601 instant that must be there, in epoch milliseconds. */
  public long time(String name) throws JsonRecordException {
    String text = text(name);
    try {
      return JsonTimes.millis(text);
    } catch (IllegalArgumentException e) {
      throw JsonRecordException.outOfRange(
          name, "must be an ISO-8601 instant with an offset or Z", text);
    }
  }

  /** An integer that must be there. */
  public long integer(String name) throws JsonRecordException {
    return integer(name, needed(name));
  }

  private static long integer(String name, JsonNode node) throws JsonRecordException {
    if (!node.isIntegralNumber()) {
      throw JsonRecordException.wrongType(name, "an integer", node);
    }
    if (!node.canConvertToLong()) {
      throw JsonRecordException.outOfRange(name, "must fit 64 bits", node.toString());
    }
    return node.longValue();
  }

  /** A number that must be there. */
  public double number(String name) throws JsonRecordException {
    return number(name, needed(name));
  }

  private static double number(String name, JsonNode node) throws JsonRecordException {
    if (!node.isNumber()) {
      throw JsonRecordException.wrongType(name, "a number", node);
    }
    return node.doubleValue();
  }

  /** A number as it is written, or null. */
  public BigDecimal decimalOrNull(String name) throws JsonRecordException {
    JsonNode node = field(name);
    if (node == null) {
      return null;
    }
    if (!node.isNumber()) {
      throw JsonRecordException.wrongType(name, "a number", node);
    }
    return node.decimalValue();
  }

  /** {@code true} or {@code false}, which must be there. */
  public boolean flag(String name) throws JsonRecordException {
    JsonNode node = needed(name);
    if (!node.isBoolean()) {
      throw JsonRecordException.wrongType(name, "a boolean", node);
    }
    return node.booleanValue();
  }

  /** An array of strings; empty if absent. */
  public List<String> texts(String name) throws JsonRecordException {
    JsonNode node = field(name);
    if (node == null) {
      return List.of();
    }
    if (!node.isArray()) {
      throw JsonRecordException.wrongType(name, "an array of strings", node);
    }
    List<String> texts = new ArrayList<>(node.size());
    for (JsonNode element : node) {
      if (!element.isTextual()) {
        throw JsonRecordException.wrongType(name, "an array of strings", node);
      }
      texts.add(element.textValue());
    }
    return List.copyOf(texts);
  }

  /** An object of integers by name; empty if absent. */
  public Map<String, Long> integers(String name) throws JsonRecordException {
    Map<String, Long> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : object(name).properties()) {
      values.put(entry.getKey(), integer(name + "." + entry.getKey(), entry.getValue()));
    }
    return values;
  }

  /** An object of numbers by name; empty if absent. */
  public Map<String, Double> numbers(String name) throws JsonRecordException {
    Map<String, Double> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : object(name).properties()) {
      values.put(entry.getKey(), number(name + "." + entry.getKey(), entry.getValue()));
    }
    return values;
  }

  /** An object of strings by name; empty if absent. */
  public Map<String, String> textsByName(String name) throws JsonRecordException {
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : object(name).properties()) {
      if (!entry.getValue().isTextual()) {
        throw JsonRecordException.wrongType(
            name + "." + entry.getKey(), "a string", entry.getValue());
      }
      values.put(entry.getKey(), entry.getValue().textValue());
    }
    return values;
  }

  private JsonNode object(String name) throws JsonRecordException {
    JsonNode node = field(name);
    if (node == null) {
      return MAPPER.createObjectNode();
    }
    if (!node.isObject()) {
      throw JsonRecordException.wrongType(name, "an object", node);
    }
    return node;
  }

  /** Writes the fields of one object. */
  @FunctionalInterface
  public interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  /** One object in UTF-8. */
  public static byte[] write(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator out = MAPPER.createGenerator(bytes)) {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
