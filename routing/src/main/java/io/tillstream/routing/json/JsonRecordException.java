package io.tillstream.routing.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.routing.event.ErrorClass;
import java.io.IOException;

/** A record that is not what its reader asks for: the stable class, and one line for people. */
public final class JsonRecordException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 64;

  private final ErrorClass errorClass;

  private JsonRecordException(ErrorClass errorClass, String message) {
    super(message);
    this.errorClass = errorClass;
  }

  /** Why, in a stable word. */
  public ErrorClass errorClass() {
    return errorClass;
  }

  static JsonRecordException notJson(String message) {
    return new JsonRecordException(ErrorClass.NOT_JSON, oneLine(message, 300));
  }

  static JsonRecordException missing(String field) {
    return new JsonRecordException(ErrorClass.MISSING_FIELD, field + " must be there");
  }

  static JsonRecordException wrongType(String field, String wanted, JsonNode was) {
    return new JsonRecordException(
        ErrorClass.WRONG_TYPE,
        field + " must be " + wanted + ", was " + oneLine(was.toString(), SHOWN));
  }

  /**
   * A value outside its bound.
   *
   * @param bound what it must be, beginning with "must"
   */
  public static JsonRecordException outOfRange(String field, String bound, String was) {
    return new JsonRecordException(
        ErrorClass.OUT_OF_RANGE, field + " " + bound + ", was \"" + oneLine(was, SHOWN) + '"');
  }

  private static String oneLine(String text, int limit) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && i < limit; i++) {
      char c = text.charAt(i);
      boolean plain = c >= 0x20 && c != 0x7F && !Character.isSurrogate(c);
      out.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return text.length() > limit ? out.append('…').toString() : out.toString();
  }
}
