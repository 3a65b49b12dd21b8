package io.tillstream.operators.enrichment.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.enrichment.EnrichmentOptions;
import io.tillstream.operators.enrichment.lookup.FakeLookups;
import io.tillstream.operators.enrichment.lookup.LookupOptions;
import io.tillstream.operators.figures.Contribution;
import io.tillstream.operators.figures.ContributionCodec;
import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.Owed;
import io.tillstream.operators.figures.OwedClock;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.event.EventLine;
import io.tillstream.routing.event.EventType;
import io.tillstream.routing.retry.CircuitBreaker;
import io.tillstream.routing.retry.RetryPolicy;
import io.tillstream.routing.route.Decision;
import io.tillstream.routing.route.Mode;
import io.tillstream.routing.route.RouteState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class RepairOperatorTest {
  private static final Queue<AgentReport> REPORTS = new ConcurrentLinkedQueue<>();
  private static final int MAX_PARALLELISM = RepairHarness.MAX_PARALLELISM;

  private final FakeLookups.World world = new FakeLookups.World();
  private final List<RepairHarness> open = new ArrayList<>();

  private static final class Channel implements ReportChannel {
    @Override
    public void send(AgentReport report) {
      REPORTS.add(report);
    }

    @Override
    public void close() {}
  }

  private static EnrichmentOptions options() {
    LookupOptions lookup =
        LookupOptions.standard()
            .withBounds(Duration.ofMillis(200), Duration.ofMillis(500))
            .withFailures(
                new RetryPolicy(3, Duration.ofMillis(2), 2, Duration.ofMillis(10), 0.5),
                new CircuitBreaker.Settings(5, Duration.ofMillis(20)),
                Duration.ofMillis(20));
    return EnrichmentOptions.defaults("redis://127.0.0.1")
        .withLookup(lookup)
        .withRepair(RepairOptions.standard().withWork(Duration.ofMillis(10), 100, 50, 20));
  }

  private RepairHarness start(OperatorSubtaskState state, int parallelism, int subtask)
      throws Exception {
    RepairHarness harness =
        new RepairHarness(new RepairOperator(options(), world, Channel::new), parallelism, subtask);
    open.add(harness);
    harness.setup(new CodecSerializer<>(ContributionCodec.class));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    harness.setProcessingTime(1_000);
    return harness;
  }

  private RepairHarness start() throws Exception {
    return start(null, 1, 0);
  }

  @AfterEach
  void stop() throws Exception {
    for (RepairHarness harness : open) {
      harness.close();
    }
    assertThat(world.closed).hasValueGreaterThanOrEqualTo(world.opened.get());
  }

  private static void until(RepairHarness harness, BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("time is up").isNegative();
      harness.runMails();
    }
  }

  private static Owed views(String item, long window, int lines) {
    Figures figures = new Figures();
    for (int i = 0; i < lines; i++) {
      figures.count(EventType.VIEW_ITEM, new EventLine(item, 1, 0, -1), null);
    }
    figures.addDegraded(lines);
    return new Owed(item, new Owed.Key(false, window, false, null, null, null), figures);
  }

  private static Owed ofBackup(Owed owed) {
    Owed.Key key = owed.key();
    return new Owed(
        owed.itemId(),
        new Owed.Key(
            true, key.windowStart(), key.sale(), key.userId(), key.category(), key.segment()),
        owed.figures());
  }

  private static Owed sale(String item, long window, String user) {
    Figures figures = new Figures();
    figures.count(EventType.PURCHASE, new EventLine(item, 1, 2_500_000, -1), "USD");
    figures.addDegraded(1);
    return new Owed(item, new Owed.Key(false, window, true, user, null, null), figures);
  }

  private static void owe(RepairHarness harness, Owed owed) throws Exception {
    harness.processElement1(new StreamRecord<>(owed));
  }

  private static void route(RepairHarness harness, boolean primary, long epoch) throws Exception {
    harness.processElement2(
        new StreamRecord<>(
            new Decision(
                !primary,
                new RouteState("enrichment", Mode.AUTO, primary, epoch),
                "test",
                "test",
                1,
                null)));
  }

  @Test
  void paysWhatIsOwedAndForgetsIt() throws Exception {
    world.category("a", "shoes").segment("ann", "gold");
    RepairHarness harness = start();
    owe(harness, views("a", 0, 2));
    owe(harness, views("a", 0, 3));
    owe(harness, views("a", 60_000, 1));
    owe(harness, sale("a", 0, "ann"));
    owe(harness, sale("a", 0, null));
    owe(harness, views("gone", 0, 1));
    until(harness, () -> degradedPaid(harness) == 9);
    Map<String, Figures> rows = harness.rows();
    assertThat(rows.get("category|shoes@0").views()).isEqualTo(5);
    assertThat(rows.get("category|shoes@0").purchases()).isEqualTo(2);
    assertThat(rows.get("category|shoes@0").degraded()).isZero();
    assertThat(rows.get("category|shoes@60000").views()).isEqualTo(1);
    assertThat(rows.get("category|unknown@0").views()).isEqualTo(-5);
    assertThat(rows.get("category|unknown@0").degraded()).isEqualTo(-8);
    assertThat(rows.get("segment|gold@0").purchases()).isEqualTo(1);
    assertThat(rows.get("segment|unknown@0").purchases()).isEqualTo(-1);
    assertThat(rows.get("segment|unknown@0").degraded()).isEqualTo(-2);
    assertThat(rows.get("product|a@0").degraded()).isEqualTo(-7);
    assertThat(rows.get("product|gone@0").degraded()).isEqualTo(-1);
    assertThat(harness.productsInState()).isZero();
    until(
        harness,
        () ->
            REPORTS.stream()
                .anyMatch(
                    report ->
                        report.counts().get("owed_lines") == 9
                            && report.counts().get("repaired_lines") == 9
                            && report.indicators().get("owed_items") == 0));
  }

  private static long degradedPaid(RepairHarness harness) {
    return degradedPaid(harness.rows());
  }

  private static long degradedPaid(Map<String, Figures> rows) {
    long sum = 0;
    for (Map.Entry<String, Figures> row : rows.entrySet()) {
      sum -= row.getKey().startsWith("shop|") ? row.getValue().degraded() : 0;
    }
    return sum;
  }

  @Test
  void whatTheBackupCountedIsPaidToTheBackup() throws Exception {
    world.category("a", "shoes").segment("ann", "gold");
    RepairHarness harness = start();
    owe(harness, views("a", 0, 2));
    owe(harness, ofBackup(views("a", 0, 5)));
    owe(harness, ofBackup(sale("a", 0, "ann")));
    owe(harness, ofBackup(views("b", 60_000, 1)));
    until(
        harness,
        () ->
            degradedPaid(harness) == 2 && degradedPaid(RepairHarness.rows(harness.backup())) == 7);
    Map<String, Figures> primary = harness.rows();
    Map<String, Figures> backup = RepairHarness.rows(harness.backup());
    assertThat(primary)
        .containsOnlyKeys("product|a@0", "category|unknown@0", "category|shoes@0", "shop|all@0");
    assertThat(primary.get("category|unknown@0").views()).isEqualTo(-2);
    assertThat(primary.get("category|shoes@0").views()).isEqualTo(2);
    assertThat(backup.get("category|unknown@0").views()).isEqualTo(-5);
    assertThat(backup.get("category|shoes@0").views()).isEqualTo(5);
    assertThat(backup.get("category|shoes@0").purchases()).isEqualTo(1);
    assertThat(backup.get("category|shoes@0").degraded()).isZero();
    assertThat(backup.get("segment|gold@0").purchases()).isEqualTo(1);
    assertThat(backup.get("product|b@60000").degraded()).isEqualTo(-1);
    assertThat(harness.productsInState()).isZero();
  }

  @Test
  void bothAggregationsHearHowFarBackEitherMayBeCorrected() throws Exception {
    world.down = true;
    RepairHarness harness = start();
    harness.processWatermark1(new Watermark(10));
    owe(harness, ofBackup(views("a", 60_000, 1)));
    owe(harness, views("b", 120_000, 1));
    harness.processWatermark1(new Watermark(200_000));
    assertThat(harness.backup()).isEqualTo(harness.extractOutputValues()).hasSize(256);
    assertThat(lastClock(harness).oldestWindow()).isEqualTo(60_000);
    world.down = false;
    harness.setProcessingTime(10_000);
    until(harness, () -> lastClock(harness).oldestWindow() == Long.MAX_VALUE);
    List<Contribution> out = harness.backup();
    assertThat(out.subList(out.size() - 128, out.size()))
        .allSatisfy(
            each -> assertThat(((OwedClock) each).oldestWindow()).isEqualTo(Long.MAX_VALUE));
    assertThat(degradedPaid(RepairHarness.rows(out))).isEqualTo(1);
    assertThat(degradedPaid(harness)).isEqualTo(1);
  }

  @Test
  void whoseADebtIsOutlivesACrash() throws Exception {
    RepairHarness before = start();
    route(before, false, 3);
    for (int i = 0; i < 50; i++) {
      owe(before, views("p" + i, 60_000, 1));
      owe(before, ofBackup(views("p" + i, 60_000, 2)));
    }
    before.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState whole = before.snapshot(1, 1);
    before.close();
    RepairHarness after = start(whole, 1, 0);
    route(after, true, 4);
    until(after, () -> degradedPaid(after) == 50);
    until(after, () -> degradedPaid(RepairHarness.rows(after.backup())) == 100);
    assertThat(after.productsInState()).isZero();
  }

  @Test
  void thousandsOfShoppersOfOneProductArePaidInSlices() throws Exception {
    world.category("hot", "shoes");
    for (int i = 0; i < 1_000; i++) {
      world.segment("u" + i, "s" + i % 3);
    }
    world.failureRate = 0.2;
    RepairHarness harness = start();
    for (int i = 0; i < 3_000; i++) {
      owe(harness, sale("hot", 60_000L * (i % 5), "u" + i % 1_000));
    }
    until(
        harness,
        () -> {
          try {
            harness.setProcessingTime(harness.getProcessingTime() + 10);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return degradedPaid(harness) == 3_000;
        });
    assertThat(harness.productsInState()).isZero();
    Map<String, Figures> rows = harness.rows();
    for (int window = 0; window < 5; window++) {
      assertThat(rows.get("category|shoes@" + 60_000L * window).purchases()).isEqualTo(600);
      long segments = 0;
      for (int s = 0; s < 3; s++) {
        segments += rows.get("segment|s" + s + "@" + 60_000L * window).purchases();
      }
      assertThat(segments).isEqualTo(600);
    }
  }

  @Test
  void aFallbackRouteBlocksTheRepair() throws Exception {
    RepairHarness harness = start();
    route(harness, false, 5);
    route(harness, true, 4); // an older decision changes nothing
    owe(harness, views("a", 0, 1));
    long end = System.nanoTime() + 200_000_000;
    until(harness, () -> System.nanoTime() - end > 0);
    assertThat(harness.deltas()).isEmpty();
    route(harness, true, 6);
    until(harness, () -> degradedPaid(harness) == 1);
  }

  @Test
  void aDeadCatalogIsWaitedFor() throws Exception {
    world.down = true;
    RepairHarness harness = start();
    for (int i = 0; i < 100; i++) {
      owe(harness, views("p" + i, 0, 1));
    }
    long end = System.nanoTime() + 300_000_000;
    until(harness, () -> System.nanoTime() - end > 0);
    assertThat(harness.deltas()).isEmpty();
    world.down = false;
    harness.setProcessingTime(10_000); // those that were tried have rested
    until(harness, () -> degradedPaid(harness) == 100);
  }

  @Test
  void debtsAndRoutesOutliveACrashAndAnotherParallelism() throws Exception {
    for (int i = 0; i < 500; i++) {
      world.category("p" + i, "c" + i % 7);
    }
    RepairHarness before = start();
    route(before, false, 3);
    for (int i = 0; i < 500; i++) {
      owe(before, views("p" + i, 60_000L * (i % 3 + 1), 1 + i % 2));
    }
    before.prepareSnapshotPreBarrier(1);
    owe(before, views("p0", 60_000, 1)); // between the hook and the snapshot
    OperatorSubtaskState whole = before.snapshot(1, 1);
    before.close();

    long paid = 0;
    for (int subtask = 0; subtask < 2; subtask++) {
      OperatorSubtaskState part =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              whole, MAX_PARALLELISM, 1, 2, subtask);
      RepairHarness after = start(part, 2, subtask);
      after.processWatermark1(new Watermark(1));
      assertThat(clocks(after)).hasSize(128);
      assertThat(clocks(after)).allMatch(clock -> clock.oldestWindow() == 60_000);
      assertThat(clocks(after)).allMatch(clock -> clock.senders() == 2);
      long end = System.nanoTime() + 100_000_000;
      until(after, () -> System.nanoTime() - end > 0);
      assertThat(after.deltas()).isEmpty(); // the route came back as well
      route(after, true, 4);
      until(after, () -> lastClock(after).oldestWindow() == Long.MAX_VALUE);
      assertThat(after.productsInState()).isZero();
      paid += degradedPaid(after);
    }
    assertThat(paid).isEqualTo(751);
  }

  private static List<OwedClock> clocks(RepairHarness harness) {
    List<OwedClock> clocks = new ArrayList<>();
    for (Contribution each : harness.extractOutputValues()) {
      if (each instanceof OwedClock clock) {
        clocks.add(clock);
      }
    }
    return clocks;
  }

  private static OwedClock lastClock(RepairHarness harness) {
    List<OwedClock> clocks = clocks(harness);
    return clocks.get(clocks.size() - 1);
  }

  @Test
  void theOwedClockGoesBeforeTheWatermark() throws Exception {
    world.down = true;
    RepairHarness harness = start();
    harness.processWatermark1(new Watermark(10));
    harness.processWatermark1(new Watermark(20));
    assertThat(clocks(harness)).hasSize(128);
    assertThat(lastClock(harness).oldestWindow()).isEqualTo(Long.MAX_VALUE);
    owe(harness, views("a", 60_000, 1));
    owe(harness, views("b", 120_000, 1));
    harness.processWatermark1(new Watermark(200_000));
    harness.processWatermark1(new Watermark(300_000));
    assertThat(clocks(harness)).hasSize(256);
    assertThat(lastClock(harness).oldestWindow()).isEqualTo(60_000);
    List<Object> all = new ArrayList<>(harness.getOutput());
    assertThat(all).hasSize(256 + 4);
    assertThat(all.get(128)).isEqualTo(new Watermark(10));
    assertThat(all.get(129)).isEqualTo(new Watermark(20));
    assertThat(all.get(258)).isEqualTo(new Watermark(200_000));
    assertThat(clocks(harness).stream().map(OwedClock::target).distinct()).hasSize(128);
    world.down = false;
    harness.setProcessingTime(10_000);
    until(harness, () -> lastClock(harness).oldestWindow() == Long.MAX_VALUE);
    // The repair's deltas go before the clock that lets their rows go.
    List<Contribution> out = harness.extractOutputValues();
    assertThat(out.get(out.size() - 128)).isInstanceOf(OwedClock.class);
    assertThat(degradedPaid(harness)).isEqualTo(2);
  }

  @Test
  void decisionsHaveNoSayInTime() throws Exception {
    RepairHarness harness = start();
    harness.processWatermark1(new Watermark(10));
    harness.processWatermark2(Watermark.MAX_WATERMARK);
    harness.processWatermarkStatus2(WatermarkStatus.IDLE);
    harness.processWatermark1(new Watermark(20));
    List<Object> marks = new ArrayList<>(harness.getOutput());
    marks.removeIf(element -> element instanceof StreamRecord);
    assertThat(marks).containsExactly(new Watermark(10), new Watermark(20));
  }

  @Test
  void beyondTheHorizonIsWrittenOff() throws Exception {
    REPORTS.clear();
    RepairHarness harness = start();
    route(harness, false, 1);
    owe(harness, views("a", 0, 2));
    owe(harness, views("b", 0, 1));
    harness.processWatermark1(new Watermark(1));
    harness.setProcessingTime(1_000 + Duration.ofHours(23).toMillis());
    owe(harness, views("b", 60_000, 5));
    harness.setProcessingTime(1_000 + Duration.ofHours(24).toMillis() - 1);
    harness.runMails();
    assertThat(lastClock(harness).oldestWindow()).isZero();
    harness.setProcessingTime(1_000 + Duration.ofHours(24).toMillis() + 60_000);
    until(harness, () -> lastClock(harness).oldestWindow() == 60_000);
    assertThat(harness.deltas()).isEmpty();
    assertThat(harness.productsInState()).isEqualTo(1);
    until(
        harness,
        () ->
            REPORTS.stream()
                .anyMatch(
                    report ->
                        report.counts().get("written_off") == 3
                            && report.counts().get("owed_lines") == 8
                            && report.indicators().get("owed_items") == 1));
  }

  @Test
  void theEndOfTheInputPaysTheRest() throws Exception {
    world.category("a", "shoes");
    RepairHarness harness = start();
    for (int i = 0; i < 300; i++) {
      owe(harness, views("p" + i, 0, 1));
    }
    harness.processWatermark1(Watermark.MAX_WATERMARK);
    harness.endInput1();
    assertThat(degradedPaid(harness)).isEqualTo(300);
    harness.endInput2();
    int out = harness.getOutput().size();
    harness.getOperator().finish();
    harness.prepareSnapshotPreBarrier(9);
    harness.runMails();
    assertThat(harness.getOutput()).hasSize(out);
  }
}
