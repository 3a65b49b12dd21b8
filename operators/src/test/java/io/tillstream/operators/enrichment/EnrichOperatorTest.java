package io.tillstream.operators.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.enrichment.lookup.FakeLookups;
import io.tillstream.operators.enrichment.lookup.LookupOptions;
import io.tillstream.operators.figures.Enriched;
import io.tillstream.operators.figures.EnrichedEvent;
import io.tillstream.operators.figures.RouteNotice;
import io.tillstream.operators.figures.RoutedCodec;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.event.EventType;
import io.tillstream.routing.event.Routed;
import io.tillstream.routing.event.ShopEvent;
import io.tillstream.routing.retry.CircuitBreaker;
import io.tillstream.routing.retry.RetryPolicy;
import io.tillstream.routing.route.Mode;
import io.tillstream.routing.route.RouteState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class EnrichOperatorTest {
  private static final Queue<AgentReport> REPORTS = new ConcurrentLinkedQueue<>();

  private final FakeLookups.World world = new FakeLookups.World();
  private OneInputStreamOperatorTestHarness<Routed, Enriched> harness;

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
    return EnrichmentOptions.defaults("redis://127.0.0.1").withLookup(lookup);
  }

  private void start(EnrichmentOptions options, OperatorSubtaskState state) throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new EnrichOperatorFactory(options, world, Channel::new),
            new CodecSerializer<>(RoutedCodec.class),
            new org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder().build());
    harness.setup(Enrichment.ENRICHED.createSerializer(null));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
    assertThat(world.closed).hasValueGreaterThanOrEqualTo(world.opened.get());
  }

  private static AgentReport newest() {
    return REPORTS.stream().reduce((a, b) -> b).orElseThrow();
  }

  private void until(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("time is up").isNegative();
      Optional<Mail> mail = harness.getTaskMailbox().tryTake(0);
      if (mail.isPresent()) {
        mail.get().run();
      } else {
        Thread.onSpinWait();
      }
    }
  }

  private void send(ShopEvent event) throws Exception {
    harness.processElement(event, event.eventTime());
  }

  private List<EnrichedEvent> out() {
    return harness.extractOutputValues().stream()
        .filter(EnrichedEvent.class::isInstance)
        .map(EnrichedEvent.class::cast)
        .toList();
  }

  @Test
  void looksUpWhatIsNeededAndNothingElse() throws Exception {
    world.category("a", "shoes").segment("ann", "gold");
    start(options(), null);
    send(Events.view(1, "a", "none", "a"));
    send(Events.purchase(2, "ann", "a"));
    send(Events.of(3, EventType.REFUND, null, "none"));
    send(Events.of(4, EventType.INVENTORY_UPDATE, null, "x", "y"));
    send(Events.of(5, EventType.ADD_TO_CART, null, "a"));
    until(() -> out().size() == 5);
    Map<Long, EnrichedEvent> byId = new HashMap<>();
    out().forEach(event -> byId.put(event.event().id().low(), event));
    assertThat(byId.get(1L).categories()).containsExactly("shoes", "unknown", "shoes");
    assertThat(byId.get(1L).segment()).isNull();
    assertThat(byId.get(2L).categories()).containsExactly("shoes");
    assertThat(byId.get(2L).segment()).isEqualTo("gold");
    assertThat(byId.get(3L).categories()).containsExactly("unknown");
    assertThat(byId.get(3L).segment()).isEqualTo("unknown");
    assertThat(byId.get(4L).categories()).containsExactly(null, null);
    assertThat(byId.get(4L).segment()).isNull();
    assertThat(byId.get(5L).categories()).containsExactly("shoes");
    assertThat(world.batches.stream().mapToInt(List::size).sum()).isEqualTo(3);
    StreamRecord<?> first = (StreamRecord<?>) harness.getOutput().peek();
    assertThat(first.getTimestamp())
        .isEqualTo(((EnrichedEvent) first.getValue()).event().eventTime());
  }

  @Test
  void whatTheCacheHoldsLeavesAtOnceInOrder() throws Exception {
    world.category("a", "shoes").segment("ann", "gold");
    start(options(), null);
    send(Events.purchase(0, "ann", "a"));
    until(() -> out().size() == 1);
    for (int i = 1; i <= 100; i++) {
      send(i % 3 == 0 ? Events.purchase(i, "ann", "a", "a") : Events.view(i, "a"));
      assertThat(out()).hasSize(i + 1);
    }
    assertThat(out()).extracting(event -> event.event().id().low()).isSorted();
  }

  @Test
  void outEqualsInUnderRandomFailures() throws Exception {
    world.failureRate = 0.4;
    for (int i = 0; i < 2_000; i += 2) {
      world.category("p" + i, "c" + i);
    }
    start(options().withMaxInFlight(300), null);
    Random random = new Random(11);
    int checkpoint = 0;
    for (int i = 0; i < 20_000; i++) {
      String item = "p" + random.nextInt(2_000);
      send(
          random.nextInt(5) == 0
              ? Events.purchase(i, "u" + random.nextInt(500), item, "p" + random.nextInt(2_000))
              : Events.view(i, item));
      if (i % 97 == 0) {
        harness.processWatermark(new Watermark(Events.view(i).eventTime()));
      }
      if (i % 1_999 == 0) {
        harness.prepareSnapshotPreBarrier(++checkpoint);
        assertThat(out()).hasSize(i + 1);
      }
      if (i == 15_000) {
        world.down = true;
      }
    }
    harness.endInput();
    assertThat(out()).hasSize(20_000);
    Set<Long> ids = new HashSet<>();
    int degraded = 0;
    for (EnrichedEvent event : out()) {
      assertThat(ids.add(event.event().id().low())).isTrue();
      for (int i = 0; i < event.categories().size(); i++) {
        int item = Integer.parseInt(event.event().lines().get(i).itemId().substring(1));
        String category = event.categories().get(i);
        assertThat(category).isIn(null, item % 2 == 0 ? "c" + item : "unknown");
        degraded += category == null ? 1 : 0;
      }
    }
    assertThat(degraded).isPositive();
    assertWatermarksBehindRecords();
  }

  private void assertWatermarksBehindRecords() {
    long mark = Long.MIN_VALUE;
    int marks = 0;
    for (Object element : harness.getOutput()) {
      if (element instanceof Watermark watermark) {
        assertThat(watermark.getTimestamp()).isGreaterThan(mark);
        mark = watermark.getTimestamp();
        marks++;
      } else if (element instanceof StreamRecord<?> record) {
        assertThat(record.getTimestamp()).isGreaterThan(mark);
      }
    }
    assertThat(marks).isPositive();
  }

  @Test
  void watermarksWaitForTheRecordsBeforeThem() throws Exception {
    world.category("a", "shoes");
    start(options(), null);
    send(Events.view(0, "a"));
    until(() -> out().size() == 1);
    world.hangs = true;
    send(Events.view(1, "b"));
    harness.processWatermark(new Watermark(1));
    harness.processWatermark(new Watermark(2));
    send(Events.view(3, "a")); // a hit: leaves before the watermark, which harms nobody
    harness.processWatermark(new Watermark(4));
    send(Events.view(5, "c"));
    harness.processWatermark(Watermark.MAX_WATERMARK);
    assertThat(harness.getOutput()).hasSize(2);
    world.hangs = false;
    until(() -> out().size() == 4);
    List<Watermark> marks = new ArrayList<>();
    for (Object element : harness.getOutput()) {
      if (element instanceof Watermark mark) {
        marks.add(mark);
      }
    }
    assertThat(marks).endsWith(Watermark.MAX_WATERMARK);
    assertThat(harness.getOutput().toArray()).endsWith(Watermark.MAX_WATERMARK);
  }

  @Test
  void neverMoreInFlightThanAllowed() throws Exception {
    start(options().withMaxInFlight(10), null);
    world.hangs = true;
    for (int i = 0; i < 100; i++) {
      send(Events.view(i, "p" + i));
      assertThat(out().size()).isGreaterThanOrEqualTo(i + 1 - 10);
    }
    harness.prepareSnapshotPreBarrier(1);
    assertThat(out()).hasSize(100);
  }

  @Test
  void nothingWaitsForADeadCatalog() throws Exception {
    REPORTS.clear();
    world.down = true;
    start(options(), null);
    for (int i = 0; i < 2_000; i++) {
      send(Events.purchase(i, "u" + i, "p" + i));
    }
    harness.prepareSnapshotPreBarrier(1);
    assertThat(out()).hasSize(2_000);
    assertThat(out().get(1_999).categories()).containsExactly((String) null);
    assertThat(out().get(1_999).segment()).isNull();
    until(
        () ->
            REPORTS.stream()
                .anyMatch(
                    report ->
                        report.state() == AgentState.FAILED
                            && report.errorRate() > 0.5
                            && report.counts().get("degraded") == 2_000));
    world.down = false;
    until(() -> newest().state() == AgentState.RUNNING);
    assertThat(REPORTS)
        .filteredOn(report -> report.state() == AgentState.FAILED)
        .allSatisfy(report -> assertThat(report.note()).isEqualTo("down"));
    send(Events.view(2_000, "p1"));
    until(() -> out().size() == 2_001);
    assertThat(out().get(2_000).categories()).containsExactly("unknown");
  }

  @Test
  void noticesPassAtOnceAndSetTheRetryPolicy() throws Exception {
    world.category("a", "shoes");
    world.hangs = true;
    start(options(), null);
    send(Events.view(1, "a"));
    RouteState aggregation = new RouteState("aggregation", Mode.AUTO, false, 4);
    RouteState enrichment =
        new RouteState(
            "enrichment",
            Mode.AUTO,
            true,
            3,
            "enrichment",
            "bypass",
            0,
            new RetryPolicy(0, Duration.ofMillis(1), 1, Duration.ofMillis(1), 0));
    harness.processElement(new RouteNotice(aggregation), 0);
    harness.processElement(new RouteNotice(enrichment), 0);
    assertThat(harness.extractOutputValues())
        .containsExactly(new RouteNotice(aggregation), new RouteNotice(enrichment));
    world.hangs = false;
    until(() -> out().size() == 1);
    until(() -> REPORTS.stream().anyMatch(report -> report.epoch() == 4));
    // Without retries the first failure is an end.
    int before = world.batches.size();
    world.failureRate = 1;
    send(Events.view(2, "b"));
    until(() -> out().size() == 2);
    assertThat(out().get(1).categories()).containsExactly((String) null);
    assertThat(world.batches.size() - before).isEqualTo(1);
  }

  @Test
  void itTellsHowLongEventsWaited() throws Exception {
    REPORTS.clear();
    start(options(), null);
    until(() -> !REPORTS.isEmpty()); // at once, before any event
    world.hangs = true;
    send(Events.view(0, "p"));
    harness.setProcessingTime(3_000);
    world.hangs = false;
    until(() -> out().size() == 1);
    until(() -> newest().indicators().getOrDefault("latency_p50_ms", 0.0) > 2_900);
    assertThat(newest().indicators()).containsKey("latency_p99_ms");
  }

  @Test
  void countsOutliveACrash() throws Exception {
    start(options(), null);
    for (int i = 0; i < 10; i++) {
      send(Events.view(i, "p" + i));
    }
    harness.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    REPORTS.clear();
    start(options(), state);
    send(Events.view(11, "p"));
    harness.endInput();
    harness.prepareSnapshotPreBarrier(2); // after the end: it must add nothing
    assertThat(out()).hasSize(1);
    harness.getOperator().finish();
    until(() -> REPORTS.stream().anyMatch(r -> r.state() == AgentState.COMPLETED));
    AgentReport report =
        REPORTS.stream().filter(r -> r.state() == AgentState.COMPLETED).findFirst().orElseThrow();
    assertThat(report.counts())
        .containsEntry("enriched", 11L)
        .containsEntry("degraded", 0L)
        .containsEntry("lookups", 11L);
    assertThat(report.indicators())
        .containsKeys("cache_hit_ratio", "redis_pool_in_use", "redis_probe_ms", "breaker_open");
  }
}
