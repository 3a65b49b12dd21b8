package io.tillstream.routing.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * The first thing found wrong with a record, in one line for people: the field, the bound, the
 * value. Later ones are not even put in words.
 */
final class Complaint {
  private static final int SHOWN = 64;
  private static final int TOP = -1;

  private int item = TOP;
  private ErrorClass errorClass;
  private String text;

  void clear() {
    item = TOP;
    errorClass = null;
    text = null;
  }

  /** The fields that follow are those of {@code items[index]}. */
  void inItem(int index) {
    item = index;
  }

  /** The fields that follow are the record's own. */
  void atTop() {
    item = TOP;
  }

  boolean isEmpty() {
    return errorClass == null;
  }

  Parsed.Rejected rejection() {
    return new Parsed.Rejected(errorClass, text);
  }

  void missing(String field, String why) {
    note(ErrorClass.MISSING_FIELD, field, "must be there" + why, null);
  }

  void wrongType(String field, String wanted, JsonParser json) throws IOException {
    if (isEmpty()) {
      note(ErrorClass.WRONG_TYPE, field, "must be " + wanted, typeOf(json));
    }
  }

  /** {@code bound} begins with "must"; the value is the parser's. */
  void outOfRange(String field, String bound, JsonParser json) throws IOException {
    if (isEmpty()) {
      note(ErrorClass.OUT_OF_RANGE, field, bound, valueOf(json));
    }
  }

  void outOfRange(String field, String bound, String value) {
    note(ErrorClass.OUT_OF_RANGE, field, bound, value);
  }

  private void note(ErrorClass kind, String field, String bound, String was) {
    if (isEmpty()) {
      errorClass = kind;
      text = path(field) + " " + bound + (was == null ? "" : ", was " + was);
    }
  }

  private String path(String field) {
    if (item == TOP) {
      return field;
    }
    return field.isEmpty() ? "items[" + item + "]" : "items[" + item + "]." + field;
  }

  private static String typeOf(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    return switch (token) {
      case VALUE_NULL -> "null";
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_TRUE, VALUE_FALSE -> "the boolean " + valueOf(json);
      case VALUE_STRING -> "the string " + valueOf(json);
      default -> "the number " + valueOf(json);
    };
  }

  private static String valueOf(JsonParser json) throws IOException {
    char[] chars = json.getTextCharacters();
    int offset = json.getTextOffset();
    int length = json.getTextLength();
    String shown = line(new String(chars, offset, Math.min(length, SHOWN)), SHOWN);
    String more = length > SHOWN ? "… (" + length + " characters)" : "";
    return json.currentToken() == JsonToken.VALUE_STRING ? '"' + shown + '"' + more : shown + more;
  }

  /** The text on one line, at most {@code limit} characters of it, control characters escaped. */
  static String line(String text, int limit) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), limit) + 8);
    for (int i = 0; i < text.length() && i < limit; i++) {
      char c = text.charAt(i);
      boolean lone = Character.isSurrogate(c) && !isPaired(text, i, limit);
      // Format characters (such as a switch of direction) would garble the line as well.
      int kind = Character.getType(c);
      boolean odd =
          Character.isISOControl(c)
              || kind == Character.FORMAT
              || kind == Character.LINE_SEPARATOR
              || kind == Character.PARAGRAPH_SEPARATOR;
      if (lone || odd) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean isPaired(String text, int i, int limit) {
    int end = Math.min(text.length(), limit);
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
