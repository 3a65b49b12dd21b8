package io.tillstream.local.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.local.layout.RunDirectory;
import io.tillstream.local.process.LogTail;
import io.tillstream.local.process.Processes;
import io.tillstream.local.process.ServerProcess;
import io.tillstream.local.process.StackException;
import io.tillstream.local.process.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Submits a job as a user would: Flink's own client, {@code run -d -C URL -c CLASS JAR ARGUMENTS}.
 */
public final class JobSubmitter {
  private static final Pattern SUBMITTED = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final Duration CLIENT = Duration.ofSeconds(90);
  private static final String NAME = "submit";

  private final FlinkDistribution flink;
  private final RunDirectory run;
  private final Processes processes;
  private final FlinkRest rest;
  private final List<String> classpath;

  /**
   * @param classpath URLs of more classes for the job; empty but in tests of faults
   */
  public JobSubmitter(
      FlinkDistribution flink,
      RunDirectory run,
      Processes processes,
      FlinkRest rest,
      List<String> classpath) {
    this.flink = flink;
    this.run = run;
    this.processes = processes;
    this.rest = rest;
    this.classpath = classpath;
  }

  /**
   * Runs the client and waits for it.
   *
   * @param restoreFrom a checkpoint or savepoint's {@code s3://} path
   * @return the job's id, as soon as the cluster accepted it
   */
  public String submit(
      Path jar, String mainClass, List<String> arguments, Optional<String> restoreFrom) {
    JobJar.check(jar);
    Path out = run.logs().resolve(NAME + ".out");
    try {
      Files.deleteIfExists(out);
    } catch (IOException e) {
      throw new StackException("cannot delete " + out + ": " + e.getMessage(), e);
    }
    ServerProcess client =
        processes.spawn(
            NAME,
            flink
                .java(NAME, "org.apache.flink.client.cli.CliFrontend")
                .flags("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m")
                .arguments("run", "-d", "-m", rest.address().replaceFirst("^https?://", ""))
                .arguments(restoreFrom.map(path -> List.of("-s", path)).orElse(List.of()))
                .arguments(classpathWords())
                .arguments("-c", mainClass, jar.toString())
                .arguments(arguments)
                .words(),
            flink.environment());
    Wait.until(CLIENT, "Flink's client submits the job", () -> !client.alive());
    client.kill();
    Matcher matcher = SUBMITTED.matcher(read(out));
    if (!matcher.find()) {
      throw new StackException(
          "the job was not submitted: " + LogTail.lastWords(out) + " (" + out + ")");
    }
    return matcher.group(1);
  }

  private List<String> classpathWords() {
    List<String> words = new ArrayList<>();
    classpath.forEach(url -> words.addAll(List.of("-C", url)));
    return words;
  }

  /** Waits until the job and every one of its tasks run. */
  public void awaitRunning(String id, Duration atMost) {
    try {
      Wait.until(atMost, "all tasks of job " + id + " run", () -> allRunning(rest.job(id)));
    } catch (StackException late) {
      String failure = failure(id);
      throw failure.isEmpty() ? late : new StackException("the job fails: " + failure, late);
    }
  }

  private String failure(String id) {
    try {
      return rest.lastFailure(id);
    } catch (IOException unreachable) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  static boolean allRunning(JsonNode job) {
    String state = job.path("state").asText();
    if (state.equals("FAILED") || state.equals("CANCELED") || state.equals("SUSPENDED")) {
      throw new StackException("the job is " + state);
    }
    if (state.equals("FINISHED")) {
      return true;
    }
    int all = 0;
    int running = 0;
    for (JsonNode vertex : job.path("vertices")) {
      all += vertex.path("parallelism").asInt();
      running += vertex.path("tasks").path("RUNNING").asInt();
      running += vertex.path("tasks").path("FINISHED").asInt();
    }
    return state.equals("RUNNING") && all > 0 && running == all;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
