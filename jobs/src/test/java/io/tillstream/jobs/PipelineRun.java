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
import io.tillstream.operators.ingestion.SourceMessage;
import io.tillstream.operators.orchestration.ControlMessage;
import io.tillstream.operators.orchestration.ReportMessage;
import io.tillstream.operators.orchestration.StatusBoard;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/**
 * The very topology that production runs, under the repository's own {@code flink-conf.yaml},
 * between the {@link MadeTraffic}, a real Redis that may be dead, and outputs that are collected.
 * Closing it ends all of that.
 */
final class PipelineRun implements AutoCloseable {
  static final String EVENTS = "shop-events";
  static final String CONTROL = "control";
  static final String REPORTS = "agent-status";

  private static final Path CLUSTER_CONFIGURATION = Path.of("..", "flink-conf.yaml");

  private final Path folder;
  private final OpenSource.Maker<SourceMessage> events;
  private final OpenSource.Maker<ControlMessage> commands;
  private final int redisPort;
  private RedisServer redis;
  private JobClient job;

  /**
   * Nothing runs yet.
   *
   * @param folder for checkpoints, savepoints and Redis
   * @param commands people's commands by their position
   */
  PipelineRun(Path folder, OpenSource.Maker<ControlMessage> commands) throws IOException {
    this(folder, new MadeTraffic(), commands);
  }

  /**
   * Nothing runs yet.
   *
   * @param events records instead of the {@link MadeTraffic}
   */
  PipelineRun(
      Path folder,
      OpenSource.Maker<SourceMessage> events,
      OpenSource.Maker<ControlMessage> commands)
      throws IOException {
    this.folder = folder;
    this.events = events;
    this.commands = commands;
    forgetAll();
    try (ServerSocket free = new ServerSocket(0)) {
      redisPort = free.getLocalPort();
    }
  }

  private static void forgetAll() {
    OpenSource.reset();
    Collected.reset();
    CollectedReports.reset();
  }

  /**
   * Starts the job.
   *
   * @param savepoint where from, or null
   * @param restarts how many failures it survives
   */
  void submit(int parallelism, String savepoint, int restarts) throws Exception {
    JobOptions options =
        JobOptions.of(
            "--kafka.bootstrap.servers",
            "none:1",
            "--redis.uri",
            "redis://127.0.0.1:" + redisPort,
            "--aggregation.window",
            PlainSums.WINDOW_MS + "ms",
            "--aggregation.lateness",
            "20s",
            "--aggregation.cart-timeout",
            PlainSums.CART_TIMEOUT_MS + "ms",
            "--parallelism",
            Integer.toString(parallelism));
    StreamExecutionEnvironment env =
        Submit.environment(options, configuration(savepoint, restarts));
    var outputs =
        PipelineTopology.define(
            env,
            new PipelineTopology.Sources(
                new OpenSource<>(EVENTS, MadeTraffic.PARTITIONS, events),
                new OpenSource<>(CONTROL, 1, commands),
                new OpenSource<>(REPORTS, 1, PipelineRun::noReport)),
            new PipelineTopology.Ports(
                new Ingestion.Ports(
                    ContractParser.FACTORY, clock -> new NoEndOffsets(), CollectedReports.FACTORY),
                SumsPorts.of(1)
                    .withPublished(CollectedRows.FACTORY, Map.of(0, 0L))
                    .withReports(CollectedReports.FACTORY),
                new RedisTitles.Factory("redis://127.0.0.1:" + redisPort),
                StatusBoard.NONE,
                MadeOriginals.FACTORY,
                AlertPorts.of(0, CollectedReports.FACTORY)
                    .withTold(CollectedAlerts.FACTORY, Map.of(0, 0L))),
            PipelineOptions.of(options));
    collect(outputs.metrics(), CollectedRows.NAME, "metrics");
    collect(outputs.backupMetrics(), CollectedRows.NAME, "backup-metrics");
    collect(outputs.trending(), "shop-trending", "trending");
    collect(outputs.alerts(), CollectedAlerts.NAME, "alerts");
    collect(outputs.rules(), "rules-in-force", "rules");
    collect(outputs.decisions(), "route-decisions", "decisions");
    collect(outputs.deadLetters(), "dead-letters", "dead-letters");
    collect(outputs.late(), "late-events", "late");
    job = env.executeAsync();
  }

  /** The bus is silent all the time: nobody but people decides here. */
  private static ReportMessage noReport(int part, long position) {
    throw new IllegalStateException("nothing is fed");
  }

  private static <T> void collect(DataStream<T> stream, String name, String sink) {
    stream.sinkTo(new Collected<>(name)).uid("sink-" + sink).name("sink-" + sink);
  }

  private Configuration configuration(String savepoint, int restarts) throws IOException {
    Path config = folder.resolve("config.yaml"); // the name that Flink reads
    Files.writeString(config, Files.readString(CLUSTER_CONFIGURATION));
    Configuration configuration = GlobalConfiguration.loadConfiguration(folder.toString());
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri() + "checkpoints");
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
    if (restarts == 0) {
      configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    } else {
      configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
      configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, restarts);
      configuration.set(
          RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
    }
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    return configuration;
  }

  String stopWithSavepoint() throws Exception {
    return job.stopWithSavepoint(
            false, folder.toUri() + "savepoints", SavepointFormatType.CANONICAL)
        .get(60, TimeUnit.SECONDS);
  }

  void startRedis() throws IOException {
    redis =
        RedisServer.newRedisServer()
            .executableProvider(ExecutableProvider.newJarResourceProvider(folder.toFile()))
            .bind("127.0.0.1")
            .port(redisPort)
            .setting("save \"\"")
            .setting("dir " + folder)
            .build();
    redis.start();
    try (Jedis jedis = new Jedis("127.0.0.1", redisPort)) {
      Pipeline pipeline = jedis.pipelined();
      for (int i = 0; i < 106; i++) {
        String category = PlainSums.Catalog.category("p" + i);
        if (!category.equals("unknown")) {
          pipeline.hset("product:p" + i, Map.of("category", category, "title", "Product " + i));
        }
        String segment = PlainSums.Catalog.segment("u" + i);
        if (!segment.equals("unknown")) {
          pipeline.hset("user:u" + i, Map.of("segment", segment));
        }
      }
      pipeline.set("catalog:loaded_at", "2026-01-01T00:00:00Z");
      pipeline.sync();
    }
  }

  void await(String what, Callable<Boolean> condition) throws Exception {
    await(what, condition, () -> "");
  }

  void await(String what, Callable<Boolean> condition, Callable<?> otherwise) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.call()) {
      if (job.getJobStatus().get(10, TimeUnit.SECONDS) == JobStatus.FAILED) {
        job.getJobExecutionResult().get(10, TimeUnit.SECONDS); // throws the cause
      }
      assertThat(System.nanoTime() - end)
          .as("waited in vain for %s: %s", what, otherwise.call())
          .isNegative();
      LockSupport.parkNanos(20_000_000);
    }
  }

  @Override
  public void close() throws Exception {
    try {
      if (job != null && !job.getJobStatus().get(10, TimeUnit.SECONDS).isGloballyTerminalState()) {
        job.cancel().get(30, TimeUnit.SECONDS);
      }
    } finally {
      if (redis != null) {
        redis.stop();
      }
      forgetAll();
    }
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
