package io.tillstream.it.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the browser and its driver are.
 *
 * @param browser Chromium, or one of its kin
 * @param driver chromedriver of the same version
 */
record Programs(Path browser, Path driver) {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  /** On the PATH, or where {@code CHROME_BIN} says; nothing is ever downloaded. */
  static Optional<Programs> find() {
    Optional<Path> browser =
        Optional.ofNullable(System.getenv("CHROME_BIN"))
            .map(Path::of)
            .filter(Files::isExecutable)
            .or(() -> BROWSERS.stream().flatMap(Programs::onPath).findFirst());
    Optional<Path> driver =
        browser
            .map(path -> path.resolveSibling("chromedriver"))
            .filter(Files::isExecutable)
            .or(() -> onPath("chromedriver").findFirst());
    return browser.flatMap(one -> driver.map(other -> new Programs(one, other)));
  }

  private static Stream<Path> onPath(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable);
  }
}
