package io.tillstream.it;

import java.util.Locale;

/** What was measured on the way, for whoever reads the build's output. */
final class Figures {
  private Figures() {}

  @SuppressWarnings("SystemOut")
  static void say(String format, Object... values) {
    System.out.println("[figure] " + String.format(Locale.ROOT, format, values));
  }
}
