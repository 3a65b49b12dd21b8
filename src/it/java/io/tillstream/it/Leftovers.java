package io.tillstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds processes that belong to a run directory, whether or not anybody wrote down their pid. */
final class Leftovers {
  private Leftovers() {}

  static void requireNone(Path runDirectory) {
    assertThat(of(runDirectory)).as("processes left behind in %s", runDirectory).isEmpty();
  }

  /** Everybody who names the directory on its command line or works in it. */
  private static List<String> of(Path runDirectory) {
    String mark = runDirectory.toString();
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .map(
            process -> process.pid() + " " + commandLine(process) + " in " + workingFolder(process))
        .filter(line -> line.contains(mark))
        .toList();
  }

  private static String commandLine(ProcessHandle process) {
    // Java cuts a long command line short, and ours are long.
    String whole = text(Path.of("/proc/" + process.pid() + "/cmdline"));
    return whole.isEmpty() ? process.info().commandLine().orElse("") : whole;
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace('\0', ' ');
    } catch (IOException goneOrNotLinux) {
      return "";
    }
  }

  /** A Redis server names only its port, but it works in the directory it was started in. */
  private static String workingFolder(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd")).toString();
    } catch (IOException | UnsupportedOperationException goneOrNotLinux) {
      return "";
    }
  }
}
