package io.tillstream.local.server;

import io.tillstream.local.flink.FlinkDistribution;
import io.tillstream.local.flink.FlinkRest;
import io.tillstream.local.process.Processes;
import io.tillstream.local.process.ServerProcess;
import io.tillstream.local.process.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One of Flink's TaskManagers. It keeps its resource id over a restart, so the JobManager knows at
 * once that the old process is gone, and local copies of state are found again.
 */
public final class TaskManager implements Server {
  public static final String PREFIX = "taskmanager-";

  private final int number;
  private final FlinkDistribution flink;
  private final Processes processes;
  private final FlinkRest rest;
  private final int metricsPort;
  private Optional<String> predecessor = Optional.empty();

  /**
   * @param number counts from 1
   * @param metricsPort where Prometheus finds it
   */
  public TaskManager(
      int number, FlinkDistribution flink, Processes processes, FlinkRest rest, int metricsPort) {
    this.number = number;
    this.flink = flink;
    this.processes = processes;
    this.rest = rest;
    this.metricsPort = metricsPort;
  }

  @Override
  public String name() {
    return PREFIX + number;
  }

  @Override
  public ServerProcess launch() {
    predecessor = registered();
    FlinkDistribution.Resources resources = flink.resources("GET_TM_RESOURCE_PARAMS");
    return processes.spawn(
        name(),
        flink
            .java(name(), "org.apache.flink.runtime.taskexecutor.TaskManagerRunner")
            .flags("-XX:+UseG1GC")
            .flags(resources.jvmFlags())
            .arguments("--configDir", flink.configDirectory().toString())
            .arguments("-Dtaskmanager.resource-id=" + name())
            .arguments(FlinkDistribution.metricsAt(metricsPort))
            .arguments(resources.arguments())
            .words(),
        flink.environment());
  }

  /** Serving means registered at the JobManager, and not as the process that died before. */
  @Override
  public void awaitServing(ServerProcess process) {
    Wait.until(
        Duration.ofSeconds(60),
        name() + " registers at the JobManager",
        () -> {
          process.requireAlive();
          Optional<String> now = registered();
          return now.isPresent() && !now.equals(predecessor);
        });
  }

  private Optional<String> registered() {
    try {
      return Optional.ofNullable(rest.taskManagers().get(name()));
    } catch (IOException noJobManager) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
