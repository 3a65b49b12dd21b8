package io.tillstream.jobs.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The bytes that every version of every codec wrote, ever: {@code codecs.golden}. */
final class Golden {
  /** Set to {@code true} to append what is missing to the file in the sources. */
  static final String APPEND = "tillstream.golden.append";

  private static final String RESOURCE = "/codecs.golden";
  private static final Path SOURCE = Path.of("src/test/resources", RESOURCE);

  private final Map<String, byte[]> lines = new LinkedHashMap<>();

  /** What the file holds. */
  static Golden read() throws IOException {
    Golden golden = new Golden();
    try (InputStream in = Golden.class.getResourceAsStream(RESOURCE)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
        int gap = line.lastIndexOf(' ');
        byte[] bytes = HexFormat.of().parseHex(line.substring(gap + 1));
        if (golden.lines.put(line.substring(0, gap), bytes) != null) {
          throw new IllegalStateException("codecs.golden has two lines for " + line);
        }
      }
    }
    return golden;
  }

  /** All lines: {@code codec number vVersion} and the bytes. */
  Map<String, byte[]> lines() {
    return lines;
  }

  /** The bytes that {@code version} of the codec wrote of the sample, or null. */
  byte[] of(String sample, int version) {
    return lines.get(key(sample, version));
  }

  static String key(String sample, int version) {
    return sample + " v" + version;
  }

  /** Appends a line to the sources if that is asked for; else says what to do. */
  static void missing(String sample, int version, byte[] bytes) throws IOException {
    String line = key(sample, version) + " " + HexFormat.of().formatHex(bytes);
    if (!Boolean.getBoolean(APPEND)) {
      throw new AssertionError(
          "codecs.golden has no line for this version. If the format is meant, append (-D"
              + APPEND
              + "=true does it) and commit:\n"
              + line);
    }
    Files.writeString(SOURCE, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
  }
}
