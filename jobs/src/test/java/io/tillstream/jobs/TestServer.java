package io.tillstream.jobs;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real server in a process of its own, which a test may kill, stop and start again. */
abstract class TestServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final Path log;
  private final Thread lastResort = new Thread(this::destroy, "stop-test-server");
  private Process process;

  /**
   * Not yet started.
   *
   * @param folder the test's own; its log goes there
   */
  TestServer(Path folder) {
    this.log = folder.resolve("server.log");
    Runtime.getRuntime().addShutdownHook(lastResort);
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  abstract List<String> command() throws Exception;

  /** Whether it serves; may throw while it does not. */
  abstract boolean serves() throws Exception;

  final void start() throws Exception {
    process =
        new ProcessBuilder(command())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    await(
        "a server that serves",
        START,
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("the server ended: " + Files.readString(log));
          }
          try {
            return serves();
          } catch (Exception e) {
            return false; // not yet
          }
        });
  }

  /** Starts it unless it serves, whatever a test before did to it. */
  final void startAgain() throws Exception {
    thaw();
    if (!process.isAlive()) {
      start();
    }
  }

  /** SIGKILL. */
  final void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGSTOP: it is there and says nothing. */
  final void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT. */
  final void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Waits for a condition, within a bound. */
  static void await(String what, Duration atMost, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private void destroy() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Override
  public void close() throws InterruptedException {
    destroy();
    if (process != null) {
      process.waitFor(10, TimeUnit.SECONDS);
    }
    Runtime.getRuntime().removeShutdownHook(lastResort);
  }
}
