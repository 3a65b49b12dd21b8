package io.tillstream.local.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All processes of one run directory: {@code pids/NAME.pid} and {@code logs/NAME.out}. Thread-safe;
 * after {@link #stopAll} nothing can be started any more, so that a start under way on another
 * thread leaves nothing behind.
 */
public final class Processes {
  private static final Duration GRACE = Duration.ofSeconds(8);
  private static final String SUFFIX = ".pid";

  private final Path pids;
  private final Path logs;
  private final Path directory;
  private boolean closed;

  public Processes(Path runDirectory) {
    this.directory = runDirectory;
    this.pids = runDirectory.resolve("pids");
    this.logs = runDirectory.resolve("logs");
  }

  /**
   * Starts a process in a session of its own: it outlives this JVM, a Ctrl-C at the terminal does
   * not reach it, and it holds neither our input nor our output.
   */
  public synchronized ServerProcess spawn(
      String name, List<String> command, Map<String, String> environment) {
    if (closed) {
      throw new StackException("the stack is being stopped");
    }
    try {
      Files.createDirectories(pids);
      Files.createDirectories(logs);
      Path log = logs.resolve(name + ".out");
      List<String> detached = new ArrayList<>(Detach.prefix());
      detached.addAll(command);
      ProcessBuilder builder =
          new ProcessBuilder(detached)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectInput(Redirect.from(new File("/dev/null")))
              .redirectOutput(Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      long pid = builder.start().pid();
      ServerProcess process =
          new ServerProcess(
              name, pid, Identity.of(pid).orElse("gone"), pids.resolve(name + SUFFIX), log);
      process.write();
      return process;
    } catch (IOException e) {
      throw new StackException("cannot start " + name + ": " + e.getMessage(), e);
    }
  }

  /** Whether {@link #stopAll} was called. */
  public synchronized boolean isClosed() {
    return closed;
  }

  /** The process last started under that name, if it is alive. */
  public Optional<ServerProcess> find(String name) {
    return ServerProcess.read(name, pids.resolve(name + SUFFIX), logs.resolve(name + ".out"))
        .filter(ServerProcess::alive);
  }

  /** Every process with a pid file that is alive. */
  public List<ServerProcess> alive() {
    return recorded().stream().filter(ServerProcess::alive).toList();
  }

  /** Stops everything: SIGTERM to all at once, SIGKILL for whoever is left after some seconds. */
  public void stopAll() {
    synchronized (this) {
      closed = true;
    }
    List<ServerProcess> all = recorded();
    all.forEach(ServerProcess::terminate);
    try {
      Wait.until(GRACE, "all processes end", () -> all.stream().noneMatch(ServerProcess::alive));
    } catch (StackException impatient) {
      // Killed below.
    } finally {
      all.forEach(ServerProcess::kill);
    }
  }

  private List<ServerProcess> recorded() {
    if (!Files.isDirectory(pids)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(pids)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(SUFFIX))
          .map(file -> file.substring(0, file.length() - SUFFIX.length()))
          .sorted()
          .flatMap(
              name ->
                  ServerProcess.read(name, pids.resolve(name + SUFFIX), logs.resolve(name + ".out"))
                      .stream())
          .toList();
    } catch (IOException e) {
      throw new StackException("cannot read " + pids + ": " + e.getMessage(), e);
    }
  }
}
