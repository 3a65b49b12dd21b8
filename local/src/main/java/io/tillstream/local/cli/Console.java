package io.tillstream.local.cli;

/** Standard output for results, standard error for progress: what every command prints through. */
final class Console {
  private Console() {}

  @SuppressWarnings("SystemOut")
  static void out(String line) {
    System.out.println(line);
    System.out.flush();
  }

  static void progress(String line) {
    System.err.println(line);
    System.err.flush();
  }
}
