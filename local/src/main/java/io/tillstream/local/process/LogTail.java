package io.tillstream.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the line of a log that most likely says why something failed. */
public final class LogTail {
  private static final Pattern CAUSE =
      Pattern.compile(
          "^(tillstream: |Caused by: |Exception in thread)|\\b(ERROR|FATAL)\\b|Exception: ");
  private static final String NOTHING = "it wrote nothing";
  private static final int LOOK_BACK = 200;
  private static final int MAX_LENGTH = 300;

  private LogTail() {}

  /** The same for a server that writes {@code NAME.log} beside its {@code NAME.out}. */
  public static String ofServer(Path out) {
    String name = out.getFileName().toString().replaceAll("\\.out$", ".log");
    String words = lastWords(out);
    if (CAUSE.matcher(words).find()) {
      return words;
    }
    String logged = lastWords(out.resolveSibling(name));
    return logged.equals(NOTHING) ? words : logged;
  }

  /** The last line that names a cause, else the last line at all; never more than one line. */
  public static String lastWords(Path log) {
    List<String> lines;
    try {
      lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
    } catch (IOException e) {
      return NOTHING;
    }
    List<String> tail = lines.subList(Math.max(0, lines.size() - LOOK_BACK), lines.size());
    String words = NOTHING;
    for (String line : tail) {
      if (CAUSE.matcher(line).find()) {
        words = line;
      }
    }
    if (words.equals(NOTHING) && !tail.isEmpty()) {
      words = tail.get(tail.size() - 1);
    }
    words = words.replaceFirst("^tillstream: ", "");
    return words.length() > MAX_LENGTH ? words.substring(0, MAX_LENGTH) + "…" : words;
  }
}
