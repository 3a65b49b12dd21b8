package io.tillstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.jobs.MadeTraffic.Kind;
import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.ingestion.DeadLetter;
import io.tillstream.operators.orchestration.ControlMessage;
import io.tillstream.routing.event.ShopEvent;
import io.tillstream.routing.route.Decision;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two aggregations over one stream: the route leads to one and the other by turns while traffic
 * flows, a core throws on some events or on all, Redis is dead at first, a process dies and the job
 * is restored at another parallelism. Every event is counted by exactly one of them, or lies in the
 * dead letters.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class SwitchesTest {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(3)
              .build());

  private static final String PRIMARY = "aggregation";
  private static final String BACKUP = "backup-aggregation";
  private static final long STEP = 250;

  @TempDir Path folder;

  private final AtomicBoolean crash = new AtomicBoolean();
  private volatile boolean allFail;
  private PipelineRun run;
  private int commands;
  private long fed;
  private int parallelism;

  @BeforeEach
  void begin() throws Exception {
    run = new PipelineRun(folder, SwitchesTest::command);
    MadeFaults.make(this::fault);
  }

  @AfterEach
  void end() throws Exception {
    MadeFaults.end();
    run.close();
  }

  private void fault(String agent, ShopEvent event) {
    if (crash.getAndSet(false)) {
      throw new StackOverflowError("a process dies, as the test wants it");
    }
    if (refused(event.partition(), event.offset())) {
      throw new IllegalStateException("nobody can take " + event.offset());
    }
    boolean sick = allFail || event.lines().get(0).itemId().endsWith("3");
    if (agent.equals(PRIMARY) && sick) {
      throw new IllegalStateException("the primary cannot take it");
    }
  }

  private static boolean refused(int partition, long offset) {
    return partition == 0 && offset % 500 == 107;
  }

  // By turns to the backup and back to the primary.
  private static ControlMessage command(int part, long position) {
    String mode = position % 2 == 0 ? "fallback" : "primary";
    String json =
        "{\"command_id\":\"c%d\",\"type\":\"route\",\"route\":\"aggregation\",\"mode\":\"%s\"}"
            .formatted(position, mode);
    return new ControlMessage(
        json.getBytes(StandardCharsets.UTF_8), PipelineRun.CONTROL, part, position, null);
  }

  /** More traffic, whose last part still flows when the route is switched. */
  private void step() throws Exception {
    fed += STEP;
    OpenSource.feed(PipelineRun.EVENTS, fed, fed - 10);
    switchOver();
  }

  private void switchOver() throws Exception {
    OpenSource.feed(PipelineRun.CONTROL, ++commands, Long.MAX_VALUE);
    String id = "c" + (commands - 1);
    run.await(
        "the decision",
        () ->
            Collected.<Decision>of("route-decisions", 0).stream()
                .anyMatch(decision -> id.equals(decision.commandId())));
    run.await("everybody's knowing", () -> allHave(newestEpoch()));
  }

  @Test
  void everyEventIsCountedByExactlyOneOfThem() throws Exception {
    parallelism = 2;
    run.submit(parallelism, null, 3);
    for (int i = 0; i < 3; i++) {
      step(); // Redis is dead: both count lines without an answer
    }
    run.await("both count", () -> aggregated(PRIMARY) > 200 && aggregated(BACKUP) > 200);
    crash.set(true);
    step();
    run.await("the crash", () -> !crash.get());
    run.startRedis();
    step();
    step();
    String savepoint = run.stopWithSavepoint();
    CollectedReports.reset();
    parallelism = 3;
    run.submit(parallelism, savepoint, 0);
    step();
    step();
    assertThat(commands % 2).isZero(); // the primary again
    long before = aggregated(BACKUP);
    allFail = true;
    fed += STEP;
    OpenSource.feed(PipelineRun.EVENTS, fed, Long.MAX_VALUE);
    run.await("all falls back", () -> aggregated(BACKUP) > before + STEP);
    run.await("the primary says so", () -> CollectedReports.anyFailed(PRIMARY));
    step();
    allFail = false;
    step();
    OpenSource.feed(PipelineRun.EVENTS, MadeTraffic.TRAFFIC + 1L, Long.MAX_VALUE);

    Map<String, String> expected = PlainSums.expected(counted());
    run.await(
        "the truth",
        () -> PublishedSums.wrong(expected).isEmpty(),
        () -> PublishedSums.few(PublishedSums.wrong(expected)));
    run.await("nothing degraded", () -> both("degraded_open") == 0);
    assertLedger();
    assertThat(PublishedSums.wrong(expected)).isEmpty();
    assertThat(PublishedSums.latest().values())
        .filteredOn(row -> row.windowEnd() < MadeTraffic.CLOSING_TIME)
        .allSatisfy(row -> assertThat(row.isFinal()).as("%s is final", row).isTrue());
    PublishedSums.assertVersionsRise();
    assertBothPublish();
    assertLetters();
    assertThat(CollectedReports.count(PRIMARY, "rerouted")).isPositive();
    assertThat(CollectedReports.count(PRIMARY, "fell_back")).isPositive();
    // Some more, of events that were taken at a retry once the primary was well again.
    run.await(
        "three retries each",
        () ->
            CollectedReports.count(PRIMARY, "retried")
                >= 3 * CollectedReports.count(PRIMARY, "fell_back"));
  }

  private static long newestEpoch() {
    List<Decision> decisions = Collected.of("route-decisions", 0);
    return decisions.get(decisions.size() - 1).epoch();
  }

  private boolean allHave(long epoch) {
    List<Long> epochs = CollectedReports.epochs("pre-sum");
    return epochs.size() == 2 * parallelism && epochs.stream().allMatch(each -> each == epoch);
  }

  private static long aggregated(String agent) {
    return CollectedReports.count(agent, "aggregated");
  }

  private static long both(String count) {
    return CollectedReports.count(PRIMARY, count) + CollectedReports.count(BACKUP, count);
  }

  private static Predicate<MadeTraffic.Event> counted() {
    Set<String> ids = refusedIds();
    return event -> !ids.contains(event.id());
  }

  private static Set<String> refusedIds() {
    Set<String> ids = new TreeSet<>();
    for (long offset = 0; offset < MadeTraffic.TRAFFIC; offset++) {
      if (refused(0, offset)) {
        assertThat(MadeTraffic.event(0, offset).kind()).isEqualTo(Kind.REFUND);
        ids.add(MadeTraffic.event(0, offset).id());
      }
    }
    return ids;
  }

  private void assertLedger() throws Exception {
    long in = (MadeTraffic.TRAFFIC + 1L) * MadeTraffic.PARTITIONS;
    int refused = refusedIds().size();
    run.await(
        "every count's last report",
        () ->
            CollectedReports.count("ingestion", "in") == in
                && CollectedReports.count(BACKUP, "dead_lettered") == refused
                && both("aggregated")
                    == in
                        - CollectedReports.count("ingestion", "duplicate")
                        - CollectedReports.count("ingestion", "dead_lettered")
                        - refused);
  }

  private static void assertBothPublish() {
    assertThat(
            Collected.<MetricRow>of(CollectedRows.NAME, 0).stream()
                .map(MetricRow::aggregator)
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("primary", "backup");
  }

  private static void assertLetters() {
    List<DeadLetter> letters =
        Collected.<DeadLetter>of("dead-letters", 0).stream()
            .filter(letter -> letter.stage().equals(BACKUP))
            .toList();
    // After a crash one may appear twice.
    assertThat(letters.stream().map(DeadLetter::offset).collect(Collectors.toSet()))
        .hasSize(refusedIds().size());
    assertThat(letters)
        .allSatisfy(
            letter ->
                assertThat(new String(letter.value(), StandardCharsets.UTF_8))
                    .isEqualTo(MadeTraffic.json(MadeTraffic.event(0, letter.offset()))));
  }
}
