package io.tillstream.dashboard.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** JSON made as text, and trees of what others wrote. */
public final class JsonText {
  public static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonFactory FACTORY = MAPPER.getFactory();

  private JsonText() {}

  /** Something that writes one value. */
  @FunctionalInterface
  public interface Writing {
    void to(JsonGenerator out) throws IOException;
  }

  /** What is written, as text. */
  public static String of(Writing writing) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      // Trees of nodes are written as values.
      out.setCodec(MAPPER);
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text does not fail
    }
    return text.toString();
  }

  /** The tree, or null for what is no JSON. */
  public static JsonNode tree(byte[] value) {
    try {
      return value == null || value.length == 0 ? null : MAPPER.readTree(value);
    } catch (IOException notJson) {
      return null;
    }
  }

  /** A text field of at most so many characters, or null. */
  static String text(JsonNode tree, String field, int most) {
    JsonNode value = tree.path(field);
    if (!value.isTextual()) {
      return null;
    }
    String text = value.asText();
    return text.length() > most ? text.substring(0, most) : text;
  }
}
