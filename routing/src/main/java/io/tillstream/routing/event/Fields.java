package io.tillstream.routing.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Reads one field's value and checks it. What is wrong goes to the {@link Complaint}, and the
 * reading goes on, because a record that is no JSON at its end is that first of all. An absent and
 * a wrong value read the same: only a record without complaint is looked at further.
 *
 * <p>After a text was read its characters lie in the parser's buffer until the next token, so that
 * what needs no {@link String} makes none.
 */
final class Fields {
  /** No value: absent, null or complained about. */
  static final long NO_INTEGER = Long.MIN_VALUE;

  /** Stands for every integer of more than 18 digits: none of them is in range anywhere. */
  static final long HUGE = Long.MAX_VALUE;

  private static final int MAX_TEXT = 128;
  private static final int SAFE_DIGITS = 18;

  private final Complaint complaint;
  private JsonParser json;
  private char[] chars;
  private int offset;
  private int length;

  Fields(Complaint complaint) {
    this.complaint = complaint;
  }

  void of(JsonParser parser) {
    json = parser;
    chars = null;
  }

  /** Whether the field just named has a string; null means no. */
  boolean text(String field) throws IOException, NotJson {
    if (json.nextToken() == JsonToken.VALUE_STRING) {
      load(field);
      return true;
    }
    wrong(field, "a string");
    return false;
  }

  /** Whether the field just named has a string of 1..128 characters. */
  boolean shortText(String field) throws IOException, NotJson {
    if (!text(field)) {
      return false;
    }
    if (length >= 1 && (length <= MAX_TEXT || isShort())) {
      return true;
    }
    complaint.outOfRange(field, "must have 1 to 128 characters", json);
    return false;
  }

  // Characters are code points: one outside the basic plane takes two of Java's.
  private boolean isShort() {
    return length <= 2 * MAX_TEXT && Character.codePointCount(chars, offset, length) <= MAX_TEXT;
  }

  /**
   * Loads the characters of the current token, a string or a number.
   *
   * @throws NotJson if a surrogate in them has no partner: that is no text in any encoding
   */
  void load(String field) throws IOException, NotJson {
    chars = json.getTextCharacters();
    offset = json.getTextOffset();
    length = json.getTextLength();
    for (int i = offset; i < offset + length; i++) {
      if (Character.isSurrogate(chars[i])) {
        checkPairs(field, i);
        return;
      }
    }
  }

  private void checkPairs(String field, int start) throws NotJson {
    int end = offset + length;
    for (int i = start; i < end; i++) {
      if (Character.isHighSurrogate(chars[i])
          && i + 1 < end
          && Character.isLowSurrogate(chars[i + 1])) {
        i++;
      } else if (Character.isSurrogate(chars[i])) {
        throw new NotJson(
            String.format(
                "%s must be Unicode text, had the unpaired \\u%04x", field, (int) chars[i]));
      }
    }
  }

  /**
   * The integer of the field just named, or {@link #NO_INTEGER}.
   *
   * @param bound the words for the complaint
   */
  long integer(String field, long min, long max, String bound) throws IOException {
    if (json.nextToken() != JsonToken.VALUE_NUMBER_INT) {
      wrong(field, "an integer");
      return NO_INTEGER;
    }
    long value = integer();
    if (value >= min && value <= max) {
      return value;
    }
    complaint.outOfRange(field, bound, json);
    return NO_INTEGER;
  }

  /**
   * The current token, an integer; {@link #HUGE} or its negative for one of more than 18 digits.
   * Not by the parser, which would build a number of any length.
   */
  long integer() throws IOException {
    char[] c = json.getTextCharacters();
    int start = json.getTextOffset();
    int end = start + json.getTextLength();
    boolean negative = c[start] == '-';
    int i = negative ? start + 1 : start;
    if (end - i > SAFE_DIGITS) {
      return negative ? -HUGE : HUGE;
    }
    long value = 0;
    for (; i < end; i++) {
      value = value * 10 + (c[i] - '0');
    }
    return negative ? -value : value;
  }

  /** The current token is not what the field asks for; null is the same as absent. */
  void wrong(String field, String wanted) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NULL) {
      complaint.wrongType(field, wanted, json);
      json.skipChildren();
    }
  }

  char[] chars() {
    return chars;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  String string() {
    return new String(chars, offset, length);
  }

  Id128 id() {
    return Id128.of(chars, offset, length);
  }

  /** Whether the characters are exactly {@code text}. */
  boolean is(String text) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (chars[offset + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
