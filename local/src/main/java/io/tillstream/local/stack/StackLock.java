package io.tillstream.local.stack;

import io.tillstream.local.layout.RunDirectory;
import io.tillstream.local.process.StackException;
import io.tillstream.local.process.Wait;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.time.Duration;

/** One command at a time changes a run directory; the lock goes with the process that holds it. */
final class StackLock implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RandomAccessFile file;

  private StackLock(RandomAccessFile file) {
    this.file = file;
  }

  /**
   * @throws StackException at once if another command is at work there
   */
  static StackLock take(RunDirectory run) {
    StackLock lock = tryTake(run);
    if (lock == null) {
      throw new StackException(
          "another command (pid "
              + holder(run)
              + ") is starting or stopping things in "
              + run.path());
    }
    return lock;
  }

  /** Asks whoever holds the lock to end (which cleans up what it started), then takes it. */
  static StackLock takeOver(RunDirectory run) {
    StackLock lock = tryTake(run);
    if (lock != null) {
      return lock;
    }
    long holder = holder(run);
    if (holder != ProcessHandle.current().pid()) {
      ProcessHandle.of(holder).ifPresent(ProcessHandle::destroy);
    }
    StackLock[] taken = new StackLock[1];
    Wait.until(
        PATIENCE,
        "the command with pid " + holder + " ends",
        () -> {
          taken[0] = tryTake(run);
          return taken[0] != null;
        });
    return taken[0];
  }

  private static StackLock tryTake(RunDirectory run) {
    try {
      Files.createDirectories(run.path());
      RandomAccessFile file = new RandomAccessFile(run.lock().toFile(), "rw");
      // The pid is written behind the locked byte, so that others may read it.
      FileLock lock = lock(file);
      if (lock == null) {
        file.close();
        return null;
      }
      file.setLength(0);
      file.seek(1);
      file.writeBytes(ProcessHandle.current().pid() + "\n");
      return new StackLock(file);
    } catch (IOException e) {
      throw new StackException("cannot lock " + run.lock() + ": " + e.getMessage(), e);
    }
  }

  private static FileLock lock(RandomAccessFile file) throws IOException {
    try {
      return file.getChannel().tryLock(0, 1, false);
    } catch (OverlappingFileLockException ours) {
      return null;
    }
  }

  private static long holder(RunDirectory run) {
    try {
      return Long.parseLong(Files.readString(run.lock()).replace("\0", "").strip());
    } catch (IOException | NumberFormatException unknown) {
      return 0;
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException ignored) {
      // The lock is gone with the file descriptor either way.
    }
  }
}
