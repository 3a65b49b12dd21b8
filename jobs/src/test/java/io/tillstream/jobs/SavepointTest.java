package io.tillstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.jobs.MadeTraffic.Kind;
import io.tillstream.jobs.options.JobOptions;
import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.aggregation.sums.SumsPorts;
import io.tillstream.operators.aggregation.trending.RedisTitles;
import io.tillstream.operators.aggregation.trending.TrendingList;
import io.tillstream.operators.ingestion.ContractParser;
import io.tillstream.operators.ingestion.DeadLetter;
import io.tillstream.operators.ingestion.EndOffsets;
import io.tillstream.operators.ingestion.Ingestion;
import io.tillstream.operators.ingestion.LateEvent;
import io.tillstream.operators.ingestion.PartitionId;
import io.tillstream.operators.orchestration.ControlMessage;
import io.tillstream.operators.orchestration.ReportMessage;
import io.tillstream.operators.orchestration.StatusBoard;
import io.tillstream.routing.route.Decision;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/**
 * The very topology that production runs, on a real runtime under the repository's own {@code
 * flink-conf.yaml}: stopped with a savepoint in the middle of traffic, while Redis is dead and the
 * route is on bypass, and restored at another parallelism. Nothing may be lost, counted twice or
 * left degraded.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class SavepointTest {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(3)
              .build());

  private static final Path CLUSTER_CONFIGURATION = Path.of("..", "flink-conf.yaml");
  private static final String EVENTS = "shop-events";
  private static final String CONTROL = "control";
  private static final String REPORTS = "agent-status";

  @TempDir Path folder;

  private int redisPort;
  private RedisServer redis;
  private JobClient job;

  @BeforeEach
  void freePort() throws IOException {
    forgetAll();
    try (ServerSocket free = new ServerSocket(0)) {
      redisPort = free.getLocalPort();
    }
  }

  @AfterEach
  void endAll() throws Exception {
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

  private static void forgetAll() {
    OpenSource.reset();
    Collected.reset();
    CollectedReports.reset();
  }

  @Test
  void aRestoreAtAnotherParallelismLosesNothingAndCountsNothingTwice() throws Exception {
    // Redis is dead: all that is read now is degraded.
    OpenSource.feed(EVENTS, MadeTraffic.HALF, MadeTraffic.OLD);
    job = submit(2, null);
    await("traffic", () -> CollectedReports.count("ingestion", "in") > MadeTraffic.OLD);
    OpenSource.feed(CONTROL, 1, 1);
    await("the bypass", () -> told().size() == 1);
    await(
        "the free part",
        () ->
            CollectedReports.count("ingestion", "in") > MadeTraffic.OLD * MadeTraffic.PARTITIONS
                && CollectedReports.count("aggregation", "aggregated") > MadeTraffic.OLD);
    String savepoint = stopWithSavepoint();
    // The slow part had not come to its end: the savepoint cut through traffic.
    assertThat(CollectedReports.count("ingestion", "in"))
        .isLessThan((long) MadeTraffic.HALF * MadeTraffic.PARTITIONS);
    assertThat(latest().values())
        .anySatisfy(row -> assertThat(row.figures().degraded()).isPositive());

    CollectedReports.reset();
    startRedis();
    OpenSource.feed(EVENTS, MadeTraffic.TRAFFIC + 1L, Long.MAX_VALUE);
    job = submit(3, savepoint);
    // All three routers know of the bypass, though nobody decided anew.
    long bypass = told().get(0).epoch();
    await(
        "three routers on bypass",
        () ->
            CollectedReports.epochs("deduplicate").stream().filter(seen -> seen >= bypass).count()
                == 3);
    assertThat(told()).hasSize(1);
    OpenSource.feed(CONTROL, 2, 2);
    Map<String, String> expected = PlainSums.expected();
    await("the truth", () -> wrong(expected).isEmpty(), () -> few(wrong(expected)));
    assertThat(latest().values())
        .filteredOn(row -> row.windowEnd() < MadeTraffic.CLOSING_TIME)
        .allSatisfy(row -> assertThat(row.isFinal()).as("%s is final", row).isTrue());

    OpenSource.feed(EVENTS, MadeTraffic.TRAFFIC + 2L, Long.MAX_VALUE);
    await(
        "the ledger",
        () ->
            CollectedReports.count("ingestion", "late") == MadeTraffic.PARTITIONS
                && CollectedReports.count("ingestion", "in") == inAll());
    assertLedger();
    assertThat(wrong(expected)).isEmpty();
    assertVersionsRise();
    assertLettersAreWhole();
    assertThat(Collected.<TrendingList>of("shop-trending", 0)).isNotEmpty();
  }

  private static long inAll() {
    return (MadeTraffic.TRAFFIC + 2L) * MadeTraffic.PARTITIONS;
  }

  private static long all(Kind kind) {
    return MadeTraffic.PARTITIONS
        * LongStream.range(0, MadeTraffic.TRAFFIC)
            .filter(offset -> MadeTraffic.event(0, offset).kind() == kind)
            .count();
  }

  private void assertLedger() throws Exception {
    await("the sums' report", () -> CollectedReports.count("aggregation", "degraded_open") == 0);
    Map<String, Long> ledger = new TreeMap<>();
    for (String count : List.of("in", "duplicate", "late", "dead_lettered")) {
      ledger.put(count, CollectedReports.count("ingestion", count));
    }
    ledger.put("aggregated", CollectedReports.count("aggregation", "aggregated"));
    long garbage = all(Kind.GARBAGE);
    // That these are counted shows that the memory of ids came through the savepoint.
    long repeats = all(Kind.REPEAT);
    assertThat(ledger)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "in",
                inAll(),
                "duplicate",
                repeats,
                "late",
                (long) MadeTraffic.PARTITIONS,
                "dead_lettered",
                garbage,
                "aggregated",
                inAll() - repeats - MadeTraffic.PARTITIONS - garbage));
  }

  private static void assertLettersAreWhole() {
    List<DeadLetter> letters = Collected.of("dead-letters", 0);
    assertThat(letters)
        .hasSize((int) all(Kind.GARBAGE))
        .allSatisfy(
            letter ->
                assertThat(new String(letter.value(), StandardCharsets.UTF_8))
                    .isEqualTo("garbage e-" + letter.partition() + "-" + letter.offset()));
    List<LateEvent> late = Collected.of("late-events", 0);
    assertThat(late)
        .extracting(event -> new String(event.value(), StandardCharsets.UTF_8))
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(0, MadeTraffic.PARTITIONS)
                .mapToObj(
                    p -> MadeTraffic.json(MadeTraffic.event((int) p, MadeTraffic.TRAFFIC + 1)))
                .toList());
  }

  private static Map<String, MetricRow> latest() {
    Map<String, MetricRow> latest = new HashMap<>();
    for (MetricRow row : Collected.<MetricRow>of(CollectedRows.NAME, 0)) {
      latest.merge(PlainSums.name(row), row, (a, b) -> b.version() >= a.version() ? b : a);
    }
    return latest;
  }

  private static void assertVersionsRise() {
    Map<String, Long> last = new HashMap<>();
    for (MetricRow row : Collected.<MetricRow>of(CollectedRows.NAME, 0)) {
      Long before = last.put(PlainSums.name(row), row.version());
      assertThat(before == null || before < row.version()).as("the version of %s", row).isTrue();
    }
  }

  /** What differs: the row, what it says, what it should say. */
  private static Map<String, String> wrong(Map<String, String> expected) {
    Map<String, String> left = new TreeMap<>(expected);
    Map<String, String> wrong = new TreeMap<>();
    latest()
        .forEach(
            (name, row) -> {
              String should = left.remove(name);
              String says = PlainSums.text(row);
              if (!says.equals(should == null ? PlainSums.NOTHING : should)) {
                wrong.put(name, says + " instead of " + should);
              }
            });
    left.forEach((name, should) -> wrong.put(name, "nothing instead of " + should));
    return wrong;
  }

  private static String few(Map<String, String> wrong) {
    return wrong.entrySet().stream().limit(10).map(Object::toString).toList()
        + " and others, "
        + wrong.size()
        + " in all";
  }

  private JobClient submit(int parallelism, String savepoint) throws Exception {
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
    StreamExecutionEnvironment env = Submit.environment(options, configuration(savepoint));
    var outputs =
        PipelineTopology.define(
            env,
            new PipelineTopology.Sources(
                new OpenSource<>(EVENTS, MadeTraffic.PARTITIONS, new MadeTraffic()),
                new OpenSource<>(CONTROL, 1, SavepointTest::command),
                new OpenSource<>(REPORTS, 1, SavepointTest::noReport)),
            new PipelineTopology.Ports(
                new Ingestion.Ports(
                    ContractParser.FACTORY, clock -> new NoEndOffsets(), CollectedReports.FACTORY),
                SumsPorts.of(1)
                    .withPublished(CollectedRows.FACTORY, Map.of(0, 0L))
                    .withReports(CollectedReports.FACTORY),
                new RedisTitles.Factory("redis://127.0.0.1:" + redisPort),
                MadeOriginals.FACTORY,
                StatusBoard.NONE),
            PipelineOptions.of(options));
    collect(outputs.metrics(), CollectedRows.NAME);
    outputs
        .backupMetrics()
        .sinkTo(new Collected<>(CollectedRows.NAME))
        .uid("sink-backup")
        .name("sink-backup");
    collect(outputs.trending(), "shop-trending");
    collect(outputs.decisions(), "route-decisions");
    collect(outputs.deadLetters(), "dead-letters");
    collect(outputs.late(), "late-events");
    return env.executeAsync();
  }

  private static <T> void collect(DataStream<T> stream, String name) {
    stream.sinkTo(new Collected<>(name)).uid("sink-" + name).name(name);
  }

  private Configuration configuration(String savepoint) throws IOException {
    Path config = folder.resolve("config.yaml"); // the name that Flink reads
    Files.writeString(config, Files.readString(CLUSTER_CONFIGURATION));
    Configuration configuration = GlobalConfiguration.loadConfiguration(folder.toString());
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri() + "checkpoints");
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    return configuration;
  }

  /** Decisions of people: the bus is silent here, and the orchestrator now and then says so. */
  private static List<Decision> told() {
    return Collected.<Decision>of("route-decisions", 0).stream()
        .filter(decision -> decision.commandId() != null)
        .toList();
  }

  private static ControlMessage command(int part, long position) {
    String mode = position == 0 ? "fallback" : "primary";
    String json =
        "{\"command_id\":\"c%d\",\"type\":\"route\",\"route\":\"enrichment\",\"mode\":\"%s\"}"
            .formatted(position, mode);
    return new ControlMessage(json.getBytes(StandardCharsets.UTF_8), CONTROL, part, position, null);
  }

  /** The bus is silent all the time: nobody but people decides here. */
  private static ReportMessage noReport(int part, long position) {
    throw new IllegalStateException("nothing is fed");
  }

  private String stopWithSavepoint() throws Exception {
    return job.stopWithSavepoint(
            false, folder.toUri() + "savepoints", SavepointFormatType.CANONICAL)
        .get(60, TimeUnit.SECONDS);
  }

  private void startRedis() throws IOException {
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

  private void await(String what, Callable<Boolean> condition) throws Exception {
    await(what, condition, () -> "");
  }

  private void await(String what, Callable<Boolean> condition, Callable<?> otherwise)
      throws Exception {
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
