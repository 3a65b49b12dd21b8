package io.tillstream.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells whether a pid still is the process it was when its pid file was written: pids are used
 * again, and a zombie whom nobody reaps is no process any more.
 */
final class Identity {
  private Identity() {}

  /** What distinguishes this process from a later one with the same pid; empty if it is gone. */
  static Optional<String> of(long pid) {
    Path stat = Path.of("/proc/" + pid + "/stat");
    if (Files.isReadable(Path.of("/proc/self/stat"))) {
      return fromProc(stat);
    }
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(
            handle ->
                handle.info().startInstant().map(at -> "at-" + at.getEpochSecond()).orElse("?"));
  }

  private static Optional<String> fromProc(Path stat) {
    try {
      String text = Files.readString(stat);
      // The name in brackets may hold spaces and brackets: what follows the last one is regular.
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
      boolean gone = fields[0].equals("Z") || fields[0].equals("X");
      return gone ? Optional.empty() : Optional.of("ticks-" + fields[19]);
    } catch (IOException | RuntimeException gone) {
      return Optional.empty();
    }
  }
}
