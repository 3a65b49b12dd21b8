package io.tillstream.local.cli;

import io.tillstream.local.stack.UpOptions;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what stack is wanted, shared by up and demo. */
final class UpOptionsMixin {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "2",
      description = "All slots together, the job's parallelism (${DEFAULT-VALUE}).")
  private int slots;

  @Option(
      names = "--taskmanagers",
      paramLabel = "N",
      defaultValue = "1",
      description = "Processes that share the slots (${DEFAULT-VALUE}).")
  private int taskManagers;

  @Option(
      names = "--port-offset",
      paramLabel = "N",
      defaultValue = "0",
      description = "Added to every port (${DEFAULT-VALUE}).")
  private int portOffset;

  @Option(names = "--window", paramLabel = "D", description = "Aggregation window: PT1M, 10s.")
  private Duration window;

  @Option(names = "--lateness", paramLabel = "D", description = "Allowed lateness: PT1M, 30s.")
  private Duration lateness;

  @Option(
      names = "--keep",
      description =
          "Keep topics, Redis and S3 of the last run, and restore the job from its newest checkpoint.")
  private boolean keep;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description = "Partitions of the topics that carry load (${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--taskmanager-memory",
      paramLabel = "SIZE",
      defaultValue = "3g",
      description = "Memory of each TaskManager's process (${DEFAULT-VALUE}).")
  private String taskManagerMemory;

  @Option(names = "--no-dashboard", description = "Leave the dashboard's server out.")
  private boolean noDashboard;

  @Option(
      names = "-J",
      paramLabel = "KEY=VALUE",
      description = "Any other option of the job: -J enrichment.cache-ttl=PT1M. Repeatable.")
  private Map<String, String> jobOptions = new LinkedHashMap<>();

  @Option(
      names = "-C",
      paramLabel = "URL",
      description = "More classes for the job, as flink run -C has it, for faults. Repeatable.")
  private List<URL> classpath = new ArrayList<>();

  UpOptions options() {
    return options(Map.of());
  }

  /**
   * What was asked for.
   *
   * @param usual options of the job that hold unless others were given
   */
  UpOptions options(Map<String, String> usual) {
    UpOptions.Builder builder =
        UpOptions.builder()
            .slots(slots)
            .taskManagers(taskManagers)
            .portOffset(portOffset)
            .window(window)
            .lateness(lateness)
            .keep(keep)
            .partitions(partitions)
            .taskManagerMemory(taskManagerMemory)
            .dashboard(!noDashboard);
    usual.forEach(builder::jobOption);
    jobOptions.forEach((key, value) -> builder.jobOption(key.replaceFirst("^--", ""), value));
    classpath.forEach(builder::classpath);
    try {
      if (portOffset < 0) {
        throw new IllegalArgumentException("--port-offset must be 0 to 56000, not " + portOffset);
      }
      return builder.build();
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage());
    }
  }
}
