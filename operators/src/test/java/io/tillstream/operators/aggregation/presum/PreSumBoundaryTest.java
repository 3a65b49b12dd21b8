package io.tillstream.operators.aggregation.presum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.operators.aggregation.AggregationOptions;
import io.tillstream.operators.fault.ArmedFaults;
import io.tillstream.operators.figures.Contribution;
import io.tillstream.operators.figures.ContributionCodec;
import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.Enriched;
import io.tillstream.operators.figures.EnrichedCodec;
import io.tillstream.operators.figures.EnrichedEvent;
import io.tillstream.operators.figures.RouteNotice;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.event.EventLine;
import io.tillstream.routing.event.EventType;
import io.tillstream.routing.event.Id128;
import io.tillstream.routing.event.ShopEvent;
import io.tillstream.routing.retry.RetryPolicy;
import io.tillstream.routing.route.Mode;
import io.tillstream.routing.route.RouteState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the pre-sum does with events its core does not take, and with those of another agent. */
class PreSumBoundaryTest {
  private static final long T0 = 1_799_999_940_000L;
  private static final String OWN = "aggregation";
  private static final String BACKUP = "backup-aggregation";
  private static final List<AgentReport> REPORTS = new CopyOnWriteArrayList<>();

  private final Map<Long, Integer> tries = new ConcurrentHashMap<>();
  private OneInputStreamOperatorTestHarness<Enriched, Contribution> harness;

  private record Channel() implements ReportChannel {
    @Override
    public void send(AgentReport report) {
      REPORTS.add(report);
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void forget() {
    REPORTS.clear();
  }

  @AfterEach
  void close() throws Exception {
    ArmedFaults.disarm();
    harness.close();
  }

  private void start() throws Exception {
    start("primary", null);
  }

  private void start(String aggregator, OperatorSubtaskState state) throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new PreSumOperator.Factory(
                AggregationOptions.defaults().withAggregator(aggregator), "pre-sum", Channel::new),
            new CodecSerializer<>(EnrichedCodec.class),
            new MockEnvironmentBuilder().build());
    harness.setup(new CodecSerializer<>(ContributionCodec.class));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  /** From now on events whose number is below {@code numbers} fail, at their first tries. */
  private void fail(long numbers, int firstTries) {
    ArmedFaults.arm(
        (agent, event) -> {
          int made = tries.merge(event.id().low(), 1, Integer::sum);
          if (event.id().low() < numbers && made <= firstTries) {
            throw new IllegalStateException("no " + made);
          }
        });
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

  private static EnrichedEvent event(long number) {
    return new EnrichedEvent(
        new ShopEvent(
            new Id128(0, number),
            EventType.VIEW_ITEM,
            T0,
            T0,
            null,
            null,
            null,
            List.of(new EventLine("a", 1, 0, EventLine.NO_STOCK)),
            3,
            number),
        List.of("c"),
        null);
  }

  private void send(long number) throws Exception {
    harness.processElement(new StreamRecord<>(event(number)));
  }

  private RouteNotice tell(RouteState state) throws Exception {
    RouteNotice notice = new RouteNotice(state);
    harness.processElement(new StreamRecord<>(notice));
    return notice;
  }

  private static RouteState route(boolean primary, long epoch) {
    return new RouteState(OWN, Mode.AUTO, primary, epoch);
  }

  private static RouteState route(
      boolean primary, long epoch, String first, String second, double share, RetryPolicy retry) {
    return new RouteState(OWN, Mode.AUTO, primary, epoch, first, second, share, retry);
  }

  private <T> List<T> out(OutputTag<T> tag) {
    Queue<StreamRecord<T>> records = harness.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }

  private List<Enriched> fallback() {
    return out(PreSumOperator.FALLBACK);
  }

  private long counted() throws Exception {
    harness.prepareSnapshotPreBarrier(1);
    return harness.extractOutputValues().stream()
        .mapToLong(contribution -> ((Delta) contribution).events())
        .sum();
  }

  private Map<String, Long> counts() throws Exception {
    harness.endInput();
    harness.getOperator().finish();
    until(() -> reports().anyMatch(report -> report.state() == AgentState.COMPLETED));
    return reports().reduce((a, b) -> b).orElseThrow().counts();
  }

  private static Stream<AgentReport> reports() {
    return REPORTS.stream();
  }

  @Test
  void exactlyThreeRetriesAndThenTheBackup() throws Exception {
    start();
    fail(1, Integer.MAX_VALUE);
    send(0);
    send(1);
    assertThat(fallback()).isEmpty();
    until(() -> fallback().size() == 1);
    assertThat(fallback()).containsExactly(event(0));
    assertThat(tries).containsEntry(0L, 4).containsEntry(1L, 1);
    assertThat(counted()).isEqualTo(1);
    assertThat(counts())
        .containsEntry("retried", 3L)
        .containsEntry("fell_back", 1L)
        .containsEntry("rerouted", 0L);
  }

  @Test
  void whatSucceedsAtARetryIsCountedOnceAndHere() throws Exception {
    start();
    fail(100, 3);
    for (int i = 0; i < 200; i++) {
      send(i);
    }
    assertThat(counted()).isEqualTo(200);
    assertThat(fallback()).isEmpty();
    assertThat(counts()).containsEntry("retried", 300L).containsEntry("fell_back", 0L);
  }

  @Test
  void aWatermarkWaitsBehindWhatRests() throws Exception {
    start();
    fail(1, 2);
    send(0);
    harness.processWatermark(5);
    send(1);
    harness.processWatermark(7);
    harness.setProcessingTime(50);
    assertThat(harness.getOutput()).doesNotContain(new Watermark(5), new Watermark(7)).isNotEmpty();
    harness.getOutput().clear();
    until(() -> tries.get(0L) == 3);
    harness.setProcessingTime(100);
    Object[] output = harness.getOutput().toArray();
    assertThat(output[0]).isInstanceOf(StreamRecord.class);
    assertThat(output[output.length - 1]).isEqualTo(new Watermark(7));
  }

  @Test
  void theLastWatermarkFollowsTheLastRetry() throws Exception {
    start();
    fail(1, 2);
    send(0);
    harness.processWatermark(Watermark.MAX_WATERMARK);
    assertThat(harness.getOutput()).isEmpty();
    until(() -> harness.getOutput().contains(Watermark.MAX_WATERMARK));
    assertThat(counted()).isEqualTo(1);
  }

  @Test
  void nothingRestsWhenABarrierPassesOrTheInputEnds() throws Exception {
    start();
    fail(50, Integer.MAX_VALUE);
    for (int i = 0; i < 50; i++) {
      send(i);
    }
    harness.prepareSnapshotPreBarrier(1);
    assertThat(fallback()).hasSize(50);
    fail(100, Integer.MAX_VALUE);
    for (int i = 50; i < 100; i++) {
      send(i);
    }
    harness.endInput();
    assertThat(fallback()).hasSize(100);
    assertThat(tries.values()).containsOnly(4);
    harness.prepareSnapshotPreBarrier(2);
    assertThat(fallback()).hasSize(100);
  }

  @Test
  void aBarrierDoesNotWaitForAPolicyInNoHurry() throws Exception {
    start();
    RetryPolicy slow = new RetryPolicy(3, Duration.ofMinutes(1), 2, Duration.ofHours(1), 0);
    tell(route(true, 1, OWN, BACKUP, 0, slow));
    fail(2, 3);
    send(0);
    send(1);
    long begin = System.nanoTime();
    harness.prepareSnapshotPreBarrier(1);
    assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(10));
    assertThat(counted()).isEqualTo(2);
    assertThat(tries.values()).containsOnly(4);
  }

  @Test
  void onlySoManyRest() throws Exception {
    start();
    RetryPolicy once = new RetryPolicy(1, Duration.ofMillis(500), 1, Duration.ofMillis(500), 0);
    tell(route(true, 1, OWN, BACKUP, 0, once));
    int all = Boundary.MOST_RESTING + 500;
    fail(all, Integer.MAX_VALUE);
    for (int i = 0; i < all; i++) {
      send(i);
      if (i >= Boundary.MOST_RESTING) {
        assertThat(fallback()).hasSizeGreaterThan(i - Boundary.MOST_RESTING);
      }
    }
    harness.prepareSnapshotPreBarrier(1);
    assertThat(fallback()).hasSize(1 + all);
    assertThat(tries.values()).containsOnly(2);
  }

  @Test
  void theRouteLeadsElsewhereAndBack() throws Exception {
    start();
    send(0);
    RouteNotice away = tell(route(false, 2));
    send(1);
    tell(route(true, 1)); // older: neither heeded nor passed on
    send(2);
    RouteNotice back = tell(route(true, 3));
    send(3);
    RouteNotice other = tell(new RouteState("enrichment", Mode.AUTO, false, 4));
    send(4);
    assertThat(fallback()).containsExactly(away, event(1), event(2), back, other);
    assertThat(counted()).isEqualTo(3);
    assertThat(counts()).containsEntry("rerouted", 2L).containsEntry("fell_back", 0L);
    assertThat(reports().reduce((a, b) -> b).orElseThrow().epoch()).isEqualTo(4);
  }

  @Test
  void theShareThatProbesIsTheOneThatTheStateNames() throws Exception {
    start();
    RouteState state = route(false, 1, OWN, BACKUP, 0.1, RetryPolicy.standard());
    tell(state);
    int probes = 0;
    for (int i = 0; i < 100_000; i += 7) {
      send(i);
      probes += state.agentFor(new Id128(0, i)).equals(OWN) ? 1 : 0;
    }
    assertThat(probes).isPositive();
    assertThat(counted()).isEqualTo(probes);
  }

  @Test
  void aPlanMayCallTheBackupThePrimary() throws Exception {
    start();
    tell(route(true, 1, BACKUP, OWN, 0, RetryPolicy.standard()));
    send(0);
    assertThat(fallback()).hasSize(2);
    tell(route(false, 2, BACKUP, OWN, 0, RetryPolicy.standard()));
    send(1);
    assertThat(counted()).isEqualTo(1);
  }

  @Test
  void theRetryPolicyComesWithTheRoute() throws Exception {
    start();
    tell(
        route(
            true,
            1,
            OWN,
            BACKUP,
            0,
            new RetryPolicy(0, Duration.ofMillis(1), 1, Duration.ofMillis(1), 0)));
    fail(1, Integer.MAX_VALUE);
    send(0);
    assertThat(fallback()).hasSize(2);
    assertThat(tries).containsEntry(0L, 1);
  }

  @Test
  void countsOutliveACrash() throws Exception {
    start();
    fail(1, Integer.MAX_VALUE);
    send(0);
    harness.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    start("primary", state);
    assertThat(counts()).containsEntry("retried", 3L).containsEntry("fell_back", 1L);
  }

  @Test
  void itSaysThatItFailsAndThatItIsWellAgain() throws Exception {
    start();
    fail(20, Integer.MAX_VALUE);
    send(0); // a single one proves nothing
    harness.prepareSnapshotPreBarrier(1);
    assertThat(reports()).noneMatch(report -> report.state() == AgentState.FAILED);
    for (int i = 1; i < 20; i++) {
      send(i);
    }
    until(() -> reports().anyMatch(report -> report.state() == AgentState.FAILED));
    AgentReport failed =
        reports().filter(report -> report.state() == AgentState.FAILED).findFirst().orElseThrow();
    assertThat(failed.agent()).isEqualTo(OWN);
    assertThat(failed.part()).isEqualTo("pre-sum");
    assertThat(failed.note()).startsWith("IllegalStateException: no ");
    assertThat(failed.errorRate()).isEqualTo(1);
    harness.prepareSnapshotPreBarrier(2);
    long[] time = {0};
    until(
        () -> {
          try {
            harness.setProcessingTime(time[0] += 50);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return reports().reduce((a, b) -> b).orElseThrow().state() == AgentState.RUNNING;
        });
  }

  @Test
  void whatTheBackupCannotTakeIsRefused() throws Exception {
    start("backup", null);
    tell(route(true, 1)); // whatever the route says: what comes here was given to it
    fail(1, Integer.MAX_VALUE);
    send(0);
    send(1);
    until(() -> out(PreSumOperator.REFUSED).size() == 1);
    assertThat(out(PreSumOperator.REFUSED))
        .containsExactly(new Refused(event(0), 4, "IllegalStateException: no 4"));
    assertThat(fallback()).isEmpty();
    assertThat(counted()).isEqualTo(1);
    assertThat(counts()).isEqualTo(Map.of("retried", 3L, "dead_lettered", 1L));
    assertThat(reports()).allMatch(report -> report.agent().equals(BACKUP));
  }

  @Test
  void anErrorIsNoFailureOfTheAgent() throws Exception {
    start();
    ArmedFaults.arm(
        (agent, event) -> {
          throw new StackOverflowError("the process is done for");
        });
    assertThatThrownBy(() -> send(0)).isInstanceOf(StackOverflowError.class);
  }
}
