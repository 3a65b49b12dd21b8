package io.tillstream.local.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How a child gets a session of its own here, keeping its pid. */
final class Detach {
  private static final List<String> PREFIX = find();

  private Detach() {}

  /**
   * The words to put before a command: {@code setsid} on Linux, Perl's on macOS, which has no such
   * command; nothing if neither is there, and then a Ctrl-C also reaches the servers.
   */
  static List<String> prefix() {
    return PREFIX;
  }

  private static List<String> find() {
    if (onPath("setsid")) {
      return List.of("setsid");
    }
    if (onPath("perl")) {
      return List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die $!", "--");
    }
    return List.of();
  }

  private static boolean onPath(String command) {
    String path = System.getenv("PATH");
    if (path == null) {
      return false;
    }
    for (String directory : path.split(File.pathSeparator, -1)) {
      if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, command))) {
        return true;
      }
    }
    return false;
  }
}
