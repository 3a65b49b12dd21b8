package io.tillstream.operators.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentReportJson;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.AgentVoice;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.event.ErrorClass;
import io.tillstream.routing.plan.RoutePlan;
import io.tillstream.routing.route.Decision;
import io.tillstream.routing.route.DecisionCodec;
import io.tillstream.routing.route.Mode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrchestratorOperatorTest {
  private static final long NOW = 1_795_492_800_000L;
  private static final long TICK = 250;

  @BeforeEach
  void forgetAll() {
    Channel.OPEN.set(0);
    Channel.SENT.clear();
    Board.OPEN.set(0);
    Board.newest = Map.of();
  }

  /** The operator, and a clock that goes by in its ticks. */
  private static final class Bench implements AutoCloseable {
    private final TwoInputStreamOperatorTestHarness<ControlMessage, ReportMessage, Decision>
        harness;
    private long now = NOW;

    Bench(OperatorSubtaskState restored) throws Exception {
      this(restored, RoutePlan.standard());
    }

    Bench(OperatorSubtaskState restored, RoutePlan plan) throws Exception {
      harness =
          new TwoInputStreamOperatorTestHarness<>(
              new OrchestratorOperator(plan, Channel::new, Board::new), 128, 1, 0);
      harness.setup(new CodecSerializer<>(DecisionCodec.class));
      harness.setProcessingTime(now);
      if (restored != null) {
        harness.initializeState(restored);
      }
      harness.open();
    }

    Bench() throws Exception {
      this(null);
    }

    void tell(ControlMessage message) throws Exception {
      harness.processElement1(new StreamRecord<>(message));
    }

    void hear(AgentReport report) throws Exception {
      hear(AgentReportJson.write(report));
    }

    void hear(byte[] value) throws Exception {
      harness.processElement2(new StreamRecord<>(ReportMessage.of(value)));
    }

    void pass(long millis) throws Exception {
      for (long end = now + millis; now < end; ) {
        now += TICK;
        harness.setProcessingTime(now);
      }
    }

    /** Lets it hear itself: from then on reports count. */
    void hearItself() throws Exception {
      hear(next(report -> true));
    }

    /** Time in which everybody is heard each half second. */
    void passHearing(long millis, AgentVoice... voices) throws Exception {
      for (long end = now + millis; now < end; ) {
        for (AgentVoice voice : voices) {
          hear(voice.get());
        }
        pass(2 * TICK);
      }
    }

    AgentVoice voice(String agent) {
      return new AgentVoice(agent, "part", 0, 1, () -> now);
    }

    List<Decision> decisions() {
      return harness.extractOutputValues();
    }

    @Override
    public void close() throws Exception {
      harness.close();
    }
  }

  private static ControlMessage message(String json) {
    byte[] value = json.getBytes(StandardCharsets.UTF_8);
    return new ControlMessage(value, "control", 0, 17, new byte[] {1});
  }

  private static ControlMessage command(String id, String route, String mode) {
    return message(
        "{\"command_id\":\"%s\",\"type\":\"route\",\"route\":\"%s\",\"mode\":\"%s\",\"by\":\"ada\"}"
            .formatted(id, route, mode));
  }

  @Test
  void commandsBecomeDecisions() throws Exception {
    try (Bench bench = new Bench()) {
      bench.tell(command("c1", "enrichment", "fallback"));
      bench.tell(command("c2", "aggregation", "observe"));
      bench.tell(command("c3", "enrichment", "primary"));

      List<Decision> decisions = bench.decisions();
      assertThat(decisions).extracting(Decision::epoch).containsExactly(1L, 2L, 3L);
      assertThat(decisions).extracting(Decision::toPrimary).containsExactly(false, true, true);
      assertThat(decisions.get(0).at()).isEqualTo(NOW);
      assertThat(decisions.get(0).by()).isEqualTo("ada");
      assertThat(decisions.get(2).mode()).isEqualTo(Mode.PRIMARY);
      assertThat(decisions.get(2).fromPrimary()).isFalse();
      assertThat(bench.harness.getSideOutput(OrchestratorOperator.REJECTED)).isNull();
    }
  }

  @Test
  void aCommandThatComesTwiceDecidesOnce() throws Exception {
    OperatorSubtaskState state;
    try (Bench bench = new Bench()) {
      bench.tell(command("c1", "enrichment", "fallback"));
      bench.tell(command("c1", "enrichment", "fallback"));
      assertThat(bench.decisions()).hasSize(1);
      state = bench.harness.snapshot(1, 1);
    }
    try (Bench bench = new Bench(state)) {
      bench.tell(command("c1", "enrichment", "fallback"));
      assertThat(bench.decisions()).isEmpty();
    }
  }

  @Test
  void aRestoreKeepsTheRoutesAndRaisesTheEpoch() throws Exception {
    OperatorSubtaskState state;
    try (Bench bench = new Bench()) {
      bench.tell(command("c1", "enrichment", "fallback"));
      state = bench.harness.snapshot(1, 1);
      // Decided after the checkpoint: lost with the crash, but seen by others.
      bench.tell(command("c2", "enrichment", "primary"));
      assertThat(bench.decisions().get(1).epoch()).isEqualTo(2);
    }
    try (Bench bench = new Bench(state)) {
      bench.tell(command("c3", "enrichment", "observe"));
      bench.tell(command("c4", "enrichment", "observe"));
      List<Decision> decisions = bench.decisions();
      assertThat(decisions.get(0).fromPrimary()).isFalse();
      assertThat(decisions.get(0).toPrimary()).isFalse();
      assertThat(decisions).extracting(Decision::epoch).containsExactly(1_002L, 1_003L);
      state = bench.harness.snapshot(2, 2);
    }
    try (Bench bench = new Bench(state)) {
      bench.tell(command("c5", "aggregation", "fallback"));
      assertThat(bench.decisions().get(0).epoch()).isEqualTo(2_004);
    }
  }

  @Test
  void whatIsNoCommandGoesAsideAsItCame() throws Exception {
    ControlMessage bad = message("{\"command_id\":\"c1\",\"type\":\"dance\"}");
    ControlMessage none = new ControlMessage(null, "control", 2, 18, null);
    try (Bench bench = new Bench()) {
      bench.tell(bad);
      bench.tell(none);
      bench.tell(command("c1", "enrichment", "fallback"));

      assertThat(bench.decisions()).hasSize(1);
      assertThat(bench.harness.getSideOutput(OrchestratorOperator.REJECTED))
          .extracting(StreamRecord::getValue)
          .containsExactly(
              new RejectedControl(
                  bad,
                  ErrorClass.OUT_OF_RANGE,
                  "type must be route, routes, rules or webhook, was \"dance\""),
              new RejectedControl(
                  none, ErrorClass.NOT_JSON, "the record must be one JSON object, was empty"));
    }
  }

  @Test
  void whatIsForTheAlertAgentGoesToItAsItCame() throws Exception {
    ControlMessage rules =
        message("{\"command_id\":\"c1\",\"type\":\"rules\",\"remove\":[\"low-stock\"]}");
    ControlMessage again =
        message(
            "{\"command_id\":\"c2\",\"type\":\"webhook\",\"webhook_id\":\"a.1\","
                + "\"destination\":\"https://example.com/\",\"body\":\"{}\"}");
    try (Bench bench = new Bench()) {
      bench.tell(rules);
      bench.tell(again);
      bench.tell(message("{\"type\":\"rules-in-force\",\"version\":1}"));

      assertThat(bench.harness.getSideOutput(OrchestratorOperator.ALERT_COMMANDS))
          .extracting(StreamRecord::getValue)
          .containsExactly(rules, again);
      assertThat(bench.decisions()).isEmpty();
      assertThat(bench.harness.getSideOutput(OrchestratorOperator.REJECTED)).isNull();
    }
  }

  @Test
  void whatIsNoReportIsCountedAndNoMore() throws Exception {
    try (Bench bench = new Bench()) {
      bench.hear("{\"type\":\"agent-report\"}".getBytes(StandardCharsets.UTF_8));
      bench.hear((byte[]) null);
      bench.hear(new byte[] {0, 1, 2});
      assertThat(next(report -> report.counts().get("bad_reports") == 3)).isNotNull();
      assertThat(bench.decisions()).isEmpty();
      assertThat(bench.harness.getSideOutput(OrchestratorOperator.REJECTED)).isNull();
    }
  }

  @Test
  void anAgentThatFailsIsLeftAndTakenBack() throws Exception {
    try (Bench bench = new Bench()) {
      AgentVoice enrichment = bench.voice("enrichment");
      AgentVoice aggregation = bench.voice("aggregation");
      AgentVoice backup = bench.voice("backup-aggregation");
      AgentVoice[] all = {enrichment, aggregation, backup};
      bench.hearItself();
      bench.passHearing(5_000, all);
      assertThat(bench.decisions()).isEmpty();
      assertThat(Board.newest).containsEntry("enrichment", true);

      enrichment.state(AgentState.FAILED, "Redis does not answer");
      bench.passHearing(1_000, all);
      assertThat(bench.decisions()).hasSize(1);
      Decision left = bench.decisions().get(0);
      assertThat(left.route()).isEqualTo("enrichment");
      assertThat(left.toPrimary()).isFalse();
      assertThat(left.by()).isEqualTo("orchestrator");
      assertThat(left.reason()).contains("Redis does not answer");
      assertThat(Board.newest).containsEntry("enrichment", false);

      enrichment.state(AgentState.RUNNING, null);
      bench.passHearing(10_000, all);
      List<Decision> decisions = bench.decisions();
      assertThat(decisions).extracting(Decision::toPrimary).containsExactly(false, false, true);
      assertThat(decisions.get(1).state().probeShare()).isPositive();
    }
  }

  @Test
  void thePlanIsTheOneSubmitted() throws Exception {
    String text = RoutePlan.standard().text();
    RoutePlan other = RoutePlan.parse(text.replace("max_retries: 3", "max_retries: 1"));
    OperatorSubtaskState state;
    try (Bench bench = new Bench(null, other)) {
      bench.pass(TICK);
      assertThat(bench.decisions()).isNotEmpty(); // routers are told of it
      assertThat(bench.decisions()).allMatch(each -> each.state().retry().maxRetries() == 1);
      state = bench.harness.snapshot(1, 1);
    }
    try (Bench bench = new Bench(state, other)) {
      bench.pass(TICK);
      assertThat(bench.decisions()).isEmpty();
    }
  }

  @Test
  void timeGoesByAlsoWhenNothingEverComes() throws Exception {
    try (Bench bench = new Bench()) {
      bench.pass(9_000);
      assertThat(bench.decisions()).isEmpty();
      bench.pass(3_000);
      // Nobody is heard: each route that the orchestrator decides about is held, and it says so.
      assertThat(bench.decisions())
          .extracting(Decision::route)
          .containsExactlyInAnyOrder("enrichment", "aggregation");
      assertThat(bench.decisions()).allMatch(Decision::toPrimary).allMatch(Decision::fromPrimary);
      assertThat(next(report -> report.note() != null).note()).isEqualTo(DecisionLog.HOLDING);
    }
  }

  @Test
  void afterARestoreOldReportsMoveNothing() throws Exception {
    OperatorSubtaskState state;
    try (Bench bench = new Bench()) {
      bench.tell(command("c1", "enrichment", "auto"));
      state = bench.harness.snapshot(1, 1);
    }
    Channel.SENT.clear();
    try (Bench bench = new Bench(state)) {
      AgentVoice dead = bench.voice("enrichment");
      dead.state(AgentState.FAILED, "Redis does not answer");
      for (int i = 0; i < 100; i++) {
        bench.hear(dead.get());
      }
      bench.pass(2_000);
      assertThat(bench.decisions()).isEmpty();
      // Its own voice: what comes now is new.
      bench.hearItself();
      AgentVoice living = bench.voice("enrichment");
      bench.passHearing(1_000, living);
      assertThat(bench.decisions()).isEmpty();
      living.state(AgentState.FAILED, "Redis does not answer");
      bench.passHearing(1_000, living);
      assertThat(bench.decisions()).extracting(Decision::toPrimary).containsExactly(false);
      assertThat(bench.decisions().get(0).epoch()).isGreaterThan(1_000);
    }
  }

  @Test
  void reportsWithoutAnyRecordAndWithItsCounts() throws Exception {
    OperatorSubtaskState state;
    try (Bench bench = new Bench()) {
      AgentReport first = next(report -> true);
      assertThat(first.agent()).isEqualTo("orchestrator");
      assertThat(first.part()).isEqualTo("decide");
      assertThat(first.state()).isEqualTo(AgentState.RUNNING);
      assertThat(first.counts())
          .isEqualTo(Map.of("commands", 0L, "decisions", 0L, "rejected", 0L, "bad_reports", 0L));
      bench.tell(command("c1", "enrichment", "fallback"));
      bench.tell(command("c1", "enrichment", "fallback"));
      bench.tell(message("?"));
      state = bench.harness.snapshot(1, 1);
      bench.harness.notifyOfCompletedCheckpoint(1);
      bench.pass(500);
      AgentReport later = next(report -> report.indicators().get("state_bytes") > 0);
      assertThat(later.indicators().get("checkpoint_age_ms")).isLessThanOrEqualTo(500);
      assertThat(later.indicators()).containsKey("bus_silence_ms");
      assertThat(later.epoch()).isEqualTo(1);
    }
    assertThat(Channel.OPEN).hasValue(0);
    assertThat(Board.OPEN).hasValue(0);
    Channel.SENT.clear();
    try (Bench bench = new Bench(state)) {
      // Before any record came: the counts are those of the checkpoint.
      assertThat(next(report -> true).counts())
          .isEqualTo(Map.of("commands", 2L, "decisions", 1L, "rejected", 1L, "bad_reports", 0L));
    }
    assertThat(Channel.OPEN).hasValue(0);
  }

  @Test
  void itIsCompletedAtTheEndOfBothInputsAndSilentThen() throws Exception {
    try (Bench bench = new Bench()) {
      bench.harness.endInput1();
      bench.pass(1_000);
      bench.harness.endInput2();
      assertThat(next(report -> report.state() == AgentState.COMPLETED)).isNotNull();
      bench.pass(20_000);
      assertThat(bench.decisions()).isEmpty();
    }
  }

  @Test
  void noTimeOfItsInputsPasses() throws Exception {
    try (Bench bench = new Bench()) {
      bench.harness.processBothWatermarks(new Watermark(NOW));
      bench.harness.processWatermarkStatus1(WatermarkStatus.IDLE);
      bench.harness.processWatermarkStatus2(WatermarkStatus.IDLE);
      assertThat(bench.harness.getOutput()).isEmpty();
      bench.harness.processBothWatermarks(Watermark.MAX_WATERMARK);
      assertThat(bench.harness.getOutput()).containsExactly(Watermark.MAX_WATERMARK);
    }
  }

  private static AgentReport next(Predicate<AgentReport> wanted) throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      AgentReport report = Channel.SENT.poll(5, TimeUnit.SECONDS);
      if (report != null && wanted.test(report)) {
        return report;
      }
    }
    throw new AssertionError("no such report came");
  }

  /** Static, because the harness copies the operator. */
  private static final class Channel implements ReportChannel {
    static final BlockingQueue<AgentReport> SENT = new LinkedBlockingQueue<>();
    static final AtomicInteger OPEN = new AtomicInteger();

    Channel() {
      OPEN.incrementAndGet();
    }

    @Override
    public void send(AgentReport report) {
      SENT.add(report);
    }

    @Override
    public void close() {
      OPEN.decrementAndGet();
    }
  }

  private static final class Board implements StatusBoard {
    static final AtomicInteger OPEN = new AtomicInteger();
    static volatile Map<String, Boolean> newest = Map.of();

    Board() {
      OPEN.incrementAndGet();
    }

    @Override
    public void show(Map<String, Boolean> healthy) {
      newest = Map.copyOf(healthy);
    }

    @Override
    public void close() {
      OPEN.decrementAndGet();
    }
  }
}
