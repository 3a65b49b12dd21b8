package io.tillstream.local.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Shows an address in the person's browser, where there is one; else nothing happens. */
final class Browser {
  private Browser() {}

  static void open(String address) {
    opener()
        .ifPresent(
            program -> {
              try {
                new ProcessBuilder(program, address)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
              } catch (IOException notInstalled) {
                // The address stands on the terminal.
              }
            });
  }

  private static Optional<String> opener() {
    if (System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac")) {
      return Optional.of("open");
    }
    boolean screen = System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
    return screen ? Optional.of("xdg-open") : Optional.empty();
  }
}
