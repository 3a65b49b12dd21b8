package io.tillstream.local.cli;

/** Standard output for results, standard error for progress: what every command prints through. */
final class Console {
  private Console() {}

  @SuppressWarnings("SystemOut")
  static void out(String line) {
    System.out.println(line);
    System.out.flush();
  }

  @SuppressWarnings("SystemOut")
  static void draw(String screen) {
    System.out.print(screen);
    System.out.flush();
  }

  /** Whether a person watches standard output: {@code bin/tillstream} finds out. */
  static boolean outIsTerminal() {
    return System.getProperty("tillstream.terminal", "").contains("out");
  }

  static boolean progressIsTerminal() {
    return System.getProperty("tillstream.terminal", "").contains("err");
  }

  static void progress(String line) {
    System.err.println(line);
    System.err.flush();
  }
}
