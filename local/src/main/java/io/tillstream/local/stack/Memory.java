package io.tillstream.local.stack;

import io.tillstream.local.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Whether the machine has room for a stack, asked before anything is started. */
final class Memory {
  static final String JOB_MANAGER = "1g";
  private static final long MEBI = 1L << 20;

  /** Kafka 512 MiB heap, S3 256, Redis, their own overheads, and the submitting client. */
  private static final long OTHERS = 1300 * MEBI;

  private static final long DASHBOARD = 400 * MEBI;

  /** A TaskManager reaches its limit only under load: this share must be there at the start. */
  private static final double SHARE = 0.6;

  private Memory() {}

  static void require(UpOptions options) {
    OptionalLong available = available();
    long all =
        OTHERS
            + (options.dashboard() ? DASHBOARD : 0)
            + bytes(JOB_MANAGER)
            + options.taskManagers() * bytes(options.taskManagerMemory());
    if (available.isPresent() && available.getAsLong() < all * SHARE) {
      throw new StackException(
          String.format(
              "too little memory: this stack takes up to %.1f GiB, %.1f GiB are available: fewer"
                  + " --taskmanagers or a smaller --taskmanager-memory",
              all / (double) (1 << 30), available.getAsLong() / (double) (1 << 30)));
    }
  }

  static long bytes(String size) {
    long amount = Long.parseLong(size.substring(0, size.length() - 1));
    return size.endsWith("g") ? amount << 30 : amount << 20;
  }

  /** What the machine, and the container if we are in one, still has to give. */
  private static OptionalLong available() {
    OptionalLong machine = machine();
    OptionalLong container = container();
    if (machine.isPresent() && container.isPresent()) {
      return OptionalLong.of(Math.min(machine.getAsLong(), container.getAsLong()));
    }
    return machine.isPresent() ? machine : container;
  }

  private static OptionalLong container() {
    try {
      String limit = Files.readString(Path.of("/sys/fs/cgroup/memory.max")).strip();
      return limit.equals("max") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(limit));
    } catch (IOException | NumberFormatException none) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong machine() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
        if (line.startsWith("MemAvailable:")) {
          return OptionalLong.of(Long.parseLong(line.replaceAll("[^0-9]", "")) << 10);
        }
      }
    } catch (IOException | NumberFormatException notLinux) {
      return OptionalLong.empty();
    }
    return OptionalLong.empty();
  }
}
