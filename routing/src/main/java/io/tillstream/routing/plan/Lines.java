package io.tillstream.routing.plan;

/** Pieces of somebody's file in a message of one line. */
final class Lines {
  private static final int SHOWN = 64;

  private Lines() {}

  /** On one line, cut where it gets long. */
  static String one(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && i < SHOWN; i++) {
      char c = text.charAt(i);
      boolean plain = !Character.isISOControl(c) && !Character.isSurrogate(c) && c < 0x2028;
      out.append(plain ? c : ' ');
    }
    return text.length() > SHOWN ? out.append('…').toString() : out.toString();
  }

  /** The same in quotation marks. */
  static String quoted(String text) {
    return '"' + one(text) + '"';
  }
}
