package io.tillstream.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A process of the stack, known by its pid file; it may have been started by another JVM. */
public final class ServerProcess {
  private static final Duration GONE = Duration.ofSeconds(10);

  private final String name;
  private final long pid;
  private final String identity;
  private final Path pidFile;
  private final Path log;

  ServerProcess(String name, long pid, String identity, Path pidFile, Path log) {
    this.name = name;
    this.pid = pid;
    this.identity = identity;
    this.pidFile = pidFile;
    this.log = log;
  }

  public String name() {
    return name;
  }

  public long pid() {
    return pid;
  }

  /** Where its standard output and error go. */
  public Path log() {
    return log;
  }

  public boolean alive() {
    return Identity.of(pid).filter(identity::equals).isPresent();
  }

  /** Throws one clear line if the process has ended, with the last thing it said. */
  public void requireAlive() {
    if (!alive()) {
      throw new StackException(
          name + " ended right after its start: " + LogTail.ofServer(log) + " (" + log + ")");
    }
  }

  /** SIGKILL, and waits until it is gone. Does nothing if it is gone already. */
  public void kill() {
    if (alive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      Wait.until(GONE, name + " (pid " + pid + ") dies", () -> !alive());
    }
    forget();
  }

  /** SIGTERM, without waiting. */
  public void terminate() {
    if (alive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
  }

  /** SIGSTOP: it hangs until {@link #resume}. */
  public void pause() {
    signal("STOP");
  }

  /** SIGCONT. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String signal) {
    if (!alive()) {
      throw new StackException(name + " is not running");
    }
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + signal, String.valueOf(pid))
              .redirectErrorStream(true)
              .start();
      String said = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (kill.waitFor() != 0) {
        throw new StackException("cannot signal " + name + ": " + said.strip());
      }
    } catch (IOException e) {
      throw new StackException("cannot signal " + name + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while signalling " + name, e);
    }
  }

  private void forget() {
    try {
      Files.deleteIfExists(pidFile);
    } catch (IOException e) {
      throw new StackException("cannot delete " + pidFile + ": " + e.getMessage(), e);
    }
  }

  /** The process of that pid file, whether alive or not; empty if there is no such file. */
  static Optional<ServerProcess> read(String name, Path pidFile, Path log) {
    try {
      String[] lines = Files.readString(pidFile).split("\n", -1);
      return Optional.of(
          new ServerProcess(
              name, Long.parseLong(lines[0].strip()), lines[1].strip(), pidFile, log));
    } catch (IOException | RuntimeException none) {
      return Optional.empty();
    }
  }

  void write() throws IOException {
    Files.writeString(pidFile, pid + "\n" + identity + "\n");
  }
}
