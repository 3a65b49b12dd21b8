package io.tillstream.local.server;

import io.tillstream.local.flink.FlinkDistribution;
import io.tillstream.local.flink.FlinkRest;
import io.tillstream.local.process.Processes;
import io.tillstream.local.process.ServerProcess;
import io.tillstream.local.process.Wait;
import java.time.Duration;

/** Flink's JobManager as a standalone session cluster: it forgets its jobs when it dies. */
public final class JobManager implements Server {
  private final FlinkDistribution flink;
  private final Processes processes;
  private final FlinkRest rest;
  private final int metricsPort;

  public JobManager(FlinkDistribution flink, Processes processes, FlinkRest rest, int metricsPort) {
    this.flink = flink;
    this.processes = processes;
    this.rest = rest;
    this.metricsPort = metricsPort;
  }

  @Override
  public String name() {
    return "jobmanager";
  }

  @Override
  public ServerProcess launch() {
    FlinkDistribution.Resources resources = flink.resources("GET_JM_RESOURCE_PARAMS");
    return processes.spawn(
        name(),
        flink
            .java(name(), "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint")
            .flags(resources.jvmFlags())
            .flags("-XX:+UseSerialGC")
            .arguments("--configDir", flink.configDirectory().toString())
            // Without the --executionMode of Flink's script: whatever follows that is not read.
            .arguments(FlinkDistribution.metricsAt(metricsPort))
            .arguments(resources.arguments())
            .words(),
        flink.environment());
  }

  @Override
  public void awaitServing(ServerProcess process) {
    Wait.until(
        Duration.ofSeconds(60),
        "the JobManager answers at " + rest.address(),
        () -> {
          process.requireAlive();
          rest.overview();
          return true;
        });
  }
}
