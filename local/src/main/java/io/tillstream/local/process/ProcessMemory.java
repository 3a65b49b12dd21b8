package io.tillstream.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process holds of the machine's memory, in MiB; 0 where the system does not tell.
 *
 * @param resident now
 * @param peak the most it ever held
 */
public record ProcessMemory(long resident, long peak) {
  /** As Linux tells it in {@code /proc}. */
  public static ProcessMemory of(long pid) {
    try {
      return parse(Files.readString(Path.of("/proc/" + pid + "/status")));
    } catch (IOException notLinux) {
      return new ProcessMemory(0, 0);
    }
  }

  static ProcessMemory parse(String status) {
    return new ProcessMemory(mebibytes(status, "VmRSS:"), mebibytes(status, "VmHWM:"));
  }

  private static long mebibytes(String status, String field) {
    return status
        .lines()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
