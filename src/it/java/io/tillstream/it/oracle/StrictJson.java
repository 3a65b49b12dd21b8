package io.tillstream.it.oracle;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * RFC 8259 to the letter. Values are {@link Fields}, {@code List}, {@code String}, {@code Boolean},
 * {@link Num} and {@link #NULL}.
 */
final class StrictJson {
  /** JSON's null. */
  static final Object NULL = new Object();

  /** A number, as it was written. */
  record Num(String text) {
    boolean whole() {
      return text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    }
  }

  /** An object, and a key that stands in it twice, if there is one. */
  static final class Fields extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1L;
    private String twice;

    String twice() {
      return twice;
    }
  }

  /** The bytes are not one JSON value in UTF-8. */
  static final class NotJson extends Exception {
    private static final long serialVersionUID = 1L;

    NotJson(String message) {
      super(message);
    }
  }

  private static final int DEEPEST = 1000;

  private final String text;
  private int at;

  private StrictJson(String text) {
    this.text = text;
  }

  static Object parse(byte[] bytes) throws NotJson {
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
    } catch (CharacterCodingException e) {
      throw new NotJson("not UTF-8");
    }
    StrictJson parser = new StrictJson(text);
    Object value = parser.value(1);
    parser.blanks();
    if (parser.at < text.length()) {
      throw parser.unexpected();
    }
    return value;
  }

  private Object value(int depth) throws NotJson {
    if (depth > DEEPEST) {
      throw new NotJson("deeper than " + DEEPEST);
    }
    blanks();
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", NULL);
      default -> number();
    };
  }

  private Fields object(int depth) throws NotJson {
    Fields object = new Fields();
    take('{');
    blanks();
    if (peek() == '}') {
      take('}');
      return object;
    }
    while (true) {
      blanks();
      String key = string();
      blanks();
      take(':');
      if (object.put(key, value(depth + 1)) != null) {
        object.twice = key;
      }
      blanks();
      if (peek() != ',') {
        take('}');
        return object;
      }
      take(',');
    }
  }

  private List<Object> array(int depth) throws NotJson {
    List<Object> array = new ArrayList<>();
    take('[');
    blanks();
    if (peek() == ']') {
      take(']');
      return array;
    }
    while (true) {
      array.add(value(depth + 1));
      blanks();
      if (peek() != ',') {
        take(']');
        return array;
      }
      take(',');
    }
  }

  private String string() throws NotJson {
    take('"');
    StringBuilder out = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return out.toString();
      } else if (c < 0x20) {
        throw new NotJson("control character in a string");
      } else if (c == '\\') {
        out.append(escape());
      } else {
        out.append(c);
      }
    }
  }

  private char escape() throws NotJson {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> fourDigits();
      default -> throw new NotJson("bad escape");
    };
  }

  private char fourDigits() throws NotJson {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = "0123456789abcdef".indexOf(Character.toLowerCase(next()));
      if (digit < 0) {
        throw new NotJson("bad escape");
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  private Num number() throws NotJson {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    int whole = at;
    digits();
    if (text.charAt(whole) == '0' && at > whole + 1) {
      throw new NotJson("leading zero");
    }
    if (peek() == '.') {
      at++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
    return new Num(text.substring(start, at));
  }

  private void digits() throws NotJson {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw unexpected();
    }
  }

  private Object word(String word, Object value) throws NotJson {
    if (!text.startsWith(word, at)) {
      throw unexpected();
    }
    at += word.length();
    return value;
  }

  private void blanks() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
      at++;
    }
  }

  /** The character ahead; at the end one that stands nowhere in the grammar. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private char next() throws NotJson {
    if (at >= text.length()) {
      throw unexpected();
    }
    return text.charAt(at++);
  }

  private void take(char wanted) throws NotJson {
    if (peek() != wanted || at >= text.length()) {
      throw unexpected();
    }
    at++;
  }

  private NotJson unexpected() {
    return new NotJson(
        at < text.length() ? "unexpected '" + text.charAt(at) + "' at " + at : "ends too early");
  }
}
