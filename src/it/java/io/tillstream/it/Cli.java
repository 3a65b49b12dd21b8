package io.tillstream.it;

import io.tillstream.local.cli.Tillstream;
import io.tillstream.local.layout.Home;
import io.tillstream.local.layout.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command-line tool as a process of its own. */
final class Cli {
  /** What a command left: its exit code and what it printed. */
  record Result(int exit, String out, String err) {}

  private static final Duration AT_MOST = Duration.ofMinutes(3);

  private Cli() {}

  /** Runs a command on that run directory and waits for its end. */
  static Result run(RunDirectory run, String... arguments)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    // As bin/tillstream starts it.
    words.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.add(Tillstream.class.getName());
    words.addAll(List.of(arguments));
    Files.createDirectories(run.path());
    Path out = Files.createTempFile(run.path(), "cli", ".out");
    Path err = Files.createTempFile(run.path(), "cli", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(words);
      builder.environment().put("TILLSTREAM_HOME", Home.find().root().toString());
      builder.environment().put("TILLSTREAM_RUN", run.path().toString());
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      if (!process.waitFor(AT_MOST.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(List.of(arguments) + " does not end");
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }
}
