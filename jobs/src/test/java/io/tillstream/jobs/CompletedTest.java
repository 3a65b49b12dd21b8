package io.tillstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.jobs.options.JobOptions;
import io.tillstream.operators.aggregation.sums.SumsPorts;
import io.tillstream.operators.aggregation.trending.RedisTitles;
import io.tillstream.operators.alerting.AlertPorts;
import io.tillstream.operators.ingestion.ContractParser;
import io.tillstream.operators.ingestion.EndOffsets;
import io.tillstream.operators.ingestion.Ingestion;
import io.tillstream.operators.ingestion.PartitionId;
import io.tillstream.operators.orchestration.ControlMessage;
import io.tillstream.operators.orchestration.ReportMessage;
import io.tillstream.operators.orchestration.StatusBoard;
import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.ReportChannel;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/** The topology that production runs, on input that ends: so do its agents, and they say so. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CompletedTest {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final int PARALLELISM = 2;
  private static final int RECORDS = 300;

  // Static, because the factory that leads to it is serialised.
  private static final Queue<AgentReport> SENT = new ConcurrentLinkedQueue<>();

  @TempDir Path folder;

  /** Keeps every report. */
  private static final class Kept implements ReportChannel {
    @Override
    public void send(AgentReport report) {
      SENT.add(report);
    }

    @Override
    public void close() {}
  }

  @Test
  void allAgentsOfABoundedJobEndCompleted() throws Exception {
    SENT.clear();
    OpenSource.reset();
    OpenSource.feed("completed-events", RECORDS, Long.MAX_VALUE);
    int port = freePort();
    RedisServer redis =
        RedisServer.newRedisServer()
            .executableProvider(ExecutableProvider.newJarResourceProvider(folder.toFile()))
            .bind("127.0.0.1")
            .port(port)
            .setting("save \"\"")
            .setting("dir " + folder)
            .build();
    redis.start();
    try {
      try (Jedis jedis = new Jedis("127.0.0.1", port)) {
        jedis.set("catalog:loaded_at", "2026-01-01T00:00:00Z");
      }
      run("redis://127.0.0.1:" + port);
    } finally {
      redis.stop();
      OpenSource.reset();
    }

    assertThat(last().keySet().stream().map(CompletedTest::part).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "ingestion/read",
            "ingestion/deduplicate",
            "enrichment/lookup",
            "enrichment/repair",
            "aggregation/pre-sum",
            "aggregation/pre-sum-bypass",
            "aggregation/sums",
            "backup-aggregation/pre-sum",
            "backup-aggregation/sums",
            "alert/rules",
            "alert/watch",
            "alert/webhooks",
            "orchestrator/decide");
    last()
        .forEach(
            (name, report) -> assertThat(report.state()).as(name).isEqualTo(AgentState.COMPLETED));
    assertThat(total("in")).isEqualTo((long) RECORDS * MadeTraffic.PARTITIONS);
    assertThat(total("in"))
        .isEqualTo(
            total("aggregated") + total("duplicate") + total("late") + total("dead_lettered"));
    assertThat(total("degraded_open")).isZero();
  }

  private static Map<String, AgentReport> last() {
    Map<String, AgentReport> last = new LinkedHashMap<>();
    SENT.forEach(report -> last.put(name(report), report));
    return last;
  }

  private static String name(AgentReport report) {
    return report.agent() + "/" + report.part() + "/" + report.subtask();
  }

  private static String part(String name) {
    return name.substring(0, name.lastIndexOf('/'));
  }

  private static long total(String count) {
    return last().values().stream()
        .mapToLong(report -> report.counts().getOrDefault(count, 0L))
        .sum();
  }

  private static int freePort() throws Exception {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private void run(String redis) throws Exception {
    JobOptions options =
        JobOptions.of(
            "--kafka.bootstrap.servers",
            "none:1",
            "--redis.uri",
            redis,
            "--parallelism",
            Integer.toString(PARALLELISM));
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri() + "checkpoints");
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    StreamExecutionEnvironment env = Submit.environment(options, settings);
    PipelineTopology.Outputs outputs =
        PipelineTopology.define(
            env,
            new PipelineTopology.Sources(
                new OpenSource<>(
                    "completed-events", MadeTraffic.PARTITIONS, new MadeTraffic(), RECORDS),
                new OpenSource<>("completed-control", 1, CompletedTest::noCommand, 0),
                new OpenSource<>("completed-reports", 1, CompletedTest::noReport, 0)),
            new PipelineTopology.Ports(
                new Ingestion.Ports(ContractParser.FACTORY, clock -> new NoEndOffsets(), Kept::new),
                SumsPorts.of(1).withReports(Kept::new),
                new RedisTitles.Factory(redis),
                StatusBoard.NONE,
                MadeOriginals.FACTORY,
                AlertPorts.of(0, Kept::new)),
            PipelineOptions.of(options));
    discard(outputs.metrics(), "shop-metrics");
    discard(outputs.backupMetrics(), "shop-metrics-backup");
    discard(outputs.trending(), "shop-trending");
    discard(outputs.alerts(), "shop-alerts");
    discard(outputs.rules(), "control");
    discard(outputs.decisions(), "route-decisions");
    discard(outputs.deadLetters(), "dead-letters");
    discard(outputs.late(), "late-events");
    env.execute();
  }

  private static ControlMessage noCommand(int part, long position) {
    throw new IllegalStateException("nobody says anything");
  }

  private static ReportMessage noReport(int part, long position) {
    throw new IllegalStateException("nobody says anything");
  }

  private static void discard(DataStream<?> stream, String name) {
    stream.sinkTo(new DiscardingSink<>()).uid("sink-" + name).name(name);
  }

  /** Nobody knows where a partition ends, so none ever falls idle. */
  private static final class NoEndOffsets implements EndOffsets {
    @Override
    public void watch(Set<PartitionId> partitions) {}

    @Override
    public Map<PartitionId, Range> latest() {
      return Map.of();
    }

    @Override
    public void close() {}
  }
}
