package io.tillstream.routing.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Texts of accepted records that {@link ShopEvent} does not keep, for those who need them. */
public final class EventTexts {
  private static final JsonFactory FACTORY = Json.factory();

  private EventTexts() {}

  /**
   * The {@code event_id} as it was written, from the bytes of an accepted record. It reads the
   * record again: for rare uses only.
   *
   * @return null if the record has none or cannot be read
   */
  public static String eventId(byte[] value) {
    if (value == null) {
      return null;
    }
    try (JsonParser json = Json.parser(FACTORY, value)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      String name;
      while ((name = json.nextFieldName()) != null) {
        JsonToken token = json.nextToken();
        if (name.equals("event_id")) {
          return token == JsonToken.VALUE_STRING ? json.getText() : null;
        }
        json.skipChildren();
      }
      return null;
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }
}
