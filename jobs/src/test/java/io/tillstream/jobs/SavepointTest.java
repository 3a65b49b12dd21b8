package io.tillstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.jobs.MadeTraffic.Kind;
import io.tillstream.operators.aggregation.trending.TrendingList;
import io.tillstream.operators.ingestion.DeadLetter;
import io.tillstream.operators.ingestion.LateEvent;
import io.tillstream.operators.orchestration.ControlMessage;
import io.tillstream.routing.route.Decision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

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

  @TempDir Path folder;

  private PipelineRun run;

  @BeforeEach
  void begin() throws IOException {
    run = new PipelineRun(folder, SavepointTest::command);
  }

  @AfterEach
  void endAll() throws Exception {
    run.close();
  }

  @Test
  void aRestoreAtAnotherParallelismLosesNothingAndCountsNothingTwice() throws Exception {
    // Redis is dead: all that is read now is degraded.
    OpenSource.feed(PipelineRun.EVENTS, MadeTraffic.HALF, MadeTraffic.OLD);
    run.submit(2, null, 0);
    run.await("traffic", () -> CollectedReports.count("ingestion", "in") > MadeTraffic.OLD);
    OpenSource.feed(PipelineRun.CONTROL, 1, 1);
    run.await("the bypass", () -> Collected.size("route-decisions") == 1);
    run.await(
        "the free part",
        () ->
            CollectedReports.count("ingestion", "in") > MadeTraffic.OLD * MadeTraffic.PARTITIONS
                && CollectedReports.count("aggregation", "aggregated") > MadeTraffic.OLD);
    String savepoint = run.stopWithSavepoint();
    // The slow part had not come to its end: the savepoint cut through traffic.
    assertThat(CollectedReports.count("ingestion", "in"))
        .isLessThan((long) MadeTraffic.HALF * MadeTraffic.PARTITIONS);
    assertThat(PublishedSums.latest().values())
        .anySatisfy(row -> assertThat(row.figures().degraded()).isPositive());

    CollectedReports.reset();
    run.startRedis();
    OpenSource.feed(PipelineRun.EVENTS, MadeTraffic.TRAFFIC + 1L, Long.MAX_VALUE);
    run.submit(3, savepoint, 0);
    // All three routers know of the bypass, though nobody decided anew.
    long bypass = Collected.<Decision>of("route-decisions", 0).get(0).epoch();
    run.await(
        "three routers on bypass",
        () -> CollectedReports.epochs("deduplicate").equals(List.of(bypass, bypass, bypass)));
    assertThat(Collected.size("route-decisions")).isEqualTo(1);
    OpenSource.feed(PipelineRun.CONTROL, 2, 2);
    Map<String, String> expected = PlainSums.expected();
    run.await(
        "the truth",
        () -> PublishedSums.wrong(expected).isEmpty(),
        () -> PublishedSums.few(PublishedSums.wrong(expected)));
    assertThat(PublishedSums.latest().values())
        .filteredOn(row -> row.windowEnd() < MadeTraffic.CLOSING_TIME)
        .allSatisfy(row -> assertThat(row.isFinal()).as("%s is final", row).isTrue());

    OpenSource.feed(PipelineRun.EVENTS, MadeTraffic.TRAFFIC + 2L, Long.MAX_VALUE);
    run.await(
        "the ledger",
        () ->
            CollectedReports.count("ingestion", "late") == MadeTraffic.PARTITIONS
                && CollectedReports.count("ingestion", "in") == inAll());
    assertLedger();
    assertThat(PublishedSums.wrong(expected)).isEmpty();
    PublishedSums.assertVersionsRise();
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
    run.await(
        "the sums' report", () -> CollectedReports.count("aggregation", "degraded_open") == 0);
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

  private static ControlMessage command(int part, long position) {
    String mode = position == 0 ? "fallback" : "primary";
    String json =
        "{\"command_id\":\"c%d\",\"type\":\"route\",\"route\":\"enrichment\",\"mode\":\"%s\"}"
            .formatted(position, mode);
    return new ControlMessage(
        json.getBytes(StandardCharsets.UTF_8), PipelineRun.CONTROL, part, position, null);
  }
}
