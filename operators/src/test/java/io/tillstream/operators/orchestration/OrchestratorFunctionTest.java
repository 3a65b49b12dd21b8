package io.tillstream.operators.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.event.ErrorClass;
import io.tillstream.routing.route.Decision;
import io.tillstream.routing.route.DecisionCodec;
import io.tillstream.routing.route.Mode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class OrchestratorFunctionTest {
  private static final long NOW = 1_795_492_800_000L;

  private static KeyedOneInputStreamOperatorTestHarness<String, ControlMessage, Decision> harness(
      OrchestratorFunction function) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(function), new ControlKey(), Types.STRING, 128, 1, 0);
    harness.setup(new CodecSerializer<>(DecisionCodec.class));
    return harness;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, ControlMessage, Decision> opened()
      throws Exception {
    var harness = harness(new OrchestratorFunction(null));
    harness.open();
    harness.setProcessingTime(NOW);
    return harness;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, ControlMessage, Decision> restored(
      OperatorSubtaskState state) throws Exception {
    var harness = harness(new OrchestratorFunction(null));
    harness.initializeState(state);
    harness.open();
    harness.setProcessingTime(NOW);
    return harness;
  }

  private static ControlMessage message(String json) {
    byte[] value = json.getBytes(StandardCharsets.UTF_8);
    return new ControlMessage(value, "control", 0, 17, new byte[] {1});
  }

  private static ControlMessage command(String id, String route, String mode) {
    return message(
        "{\"command_id\":\""
            + id
            + "\",\"type\":\"route\",\"route\":\""
            + route
            + "\",\"mode\":\""
            + mode
            + "\",\"by\":\"ada\",\"at\":\"2026-11-24T04:00:00Z\"}");
  }

  @Test
  void commandsBecomeDecisions() throws Exception {
    try (var harness = opened()) {
      harness.processElement(command("c1", "enrichment", "fallback"), 0);
      harness.processElement(command("c2", "aggregation", "observe"), 0);
      harness.processElement(command("c3", "enrichment", "auto"), 0);

      List<Decision> decisions = harness.extractOutputValues();
      assertThat(decisions).extracting(Decision::epoch).containsExactly(1L, 2L, 3L);
      assertThat(decisions).extracting(Decision::toPrimary).containsExactly(false, true, true);
      assertThat(decisions.get(0).at()).isEqualTo(NOW);
      assertThat(decisions.get(0).by()).isEqualTo("ada");
      assertThat(decisions.get(2).mode()).isEqualTo(Mode.AUTO);
      assertThat(decisions.get(2).fromPrimary()).isFalse();
      assertThat(harness.getSideOutput(OrchestratorFunction.REJECTED)).isNull();
    }
  }

  @Test
  void aCommandThatComesTwiceDecidesOnce() throws Exception {
    OperatorSubtaskState state;
    try (var harness = opened()) {
      harness.processElement(command("c1", "enrichment", "fallback"), 0);
      harness.processElement(command("c1", "enrichment", "fallback"), 0);
      assertThat(harness.extractOutputValues()).hasSize(1);
      state = harness.snapshot(1, 1);
    }
    try (var harness = restored(state)) {
      harness.processElement(command("c1", "enrichment", "fallback"), 0);
      assertThat(harness.extractOutputValues()).isEmpty();
    }
  }

  @Test
  void aRestoreKeepsTheRoutesAndRaisesTheEpoch() throws Exception {
    OperatorSubtaskState state;
    try (var harness = opened()) {
      harness.processElement(command("c1", "enrichment", "fallback"), 0);
      state = harness.snapshot(1, 1);
      // Decided after the checkpoint: lost with the crash, but seen by others.
      harness.processElement(command("c2", "enrichment", "primary"), 0);
      assertThat(harness.extractOutputValues().get(1).epoch()).isEqualTo(2);
    }
    try (var harness = restored(state)) {
      harness.processElement(command("c3", "enrichment", "observe"), 0);
      harness.processElement(command("c4", "enrichment", "observe"), 0);
      List<Decision> decisions = harness.extractOutputValues();
      assertThat(decisions.get(0).fromPrimary()).isFalse();
      assertThat(decisions.get(0).toPrimary()).isFalse();
      assertThat(decisions).extracting(Decision::epoch).containsExactly(1_002L, 1_003L);
      state = harness.snapshot(2, 2);
    }
    try (var harness = restored(state)) {
      harness.processElement(command("c5", "aggregation", "fallback"), 0);
      assertThat(harness.extractOutputValues().get(0).epoch()).isEqualTo(2_004);
    }
  }

  @Test
  void whatIsNoCommandGoesAsideAsItCame() throws Exception {
    ControlMessage bad = message("{\"command_id\":\"c1\",\"type\":\"dance\"}");
    ControlMessage none = new ControlMessage(null, "control", 2, 18, null);
    try (var harness = opened()) {
      harness.processElement(bad, 0);
      harness.processElement(none, 0);
      harness.processElement(command("c1", "enrichment", "fallback"), 0);

      assertThat(harness.extractOutputValues()).hasSize(1);
      assertThat(harness.getSideOutput(OrchestratorFunction.REJECTED))
          .extracting(StreamRecord::getValue)
          .containsExactly(
              new RejectedControl(
                  bad, ErrorClass.OUT_OF_RANGE, "type must be route, was \"dance\""),
              new RejectedControl(
                  none, ErrorClass.NOT_JSON, "the record must be one JSON object, was empty"));
    }
  }

  @Test
  void reportsWithoutAnyRecordAndWithItsCounts() throws Exception {
    Channel.OPEN.set(0);
    Channel.SENT.clear();
    Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
    OperatorSubtaskState state;
    try (var harness = harness(new OrchestratorFunction(Channel::new, clock))) {
      harness.open();
      assertThat(next().counts())
          .isEqualTo(Map.of("commands", 0L, "decisions", 0L, "rejected", 0L));
      harness.processElement(command("c1", "enrichment", "fallback"), 0);
      harness.processElement(command("c1", "enrichment", "fallback"), 0);
      harness.processElement(message("?"), 0);
      state = harness.snapshot(1, 1);
    }
    assertThat(Channel.OPEN).hasValue(0);
    Channel.SENT.clear();
    try (var harness = harness(new OrchestratorFunction(Channel::new, clock))) {
      harness.initializeState(state);
      harness.open();
      // Before any record came: the counts are those of the checkpoint.
      assertThat(next())
          .isEqualTo(
              new AgentReport(
                  "orchestrator",
                  "decide",
                  0,
                  1,
                  0,
                  0,
                  AgentState.RUNNING,
                  NOW,
                  NOW,
                  null,
                  0.0,
                  1,
                  Map.of("commands", 2L, "decisions", 1L, "rejected", 1L),
                  Map.of()));
    }
    assertThat(Channel.OPEN).hasValue(0);
  }

  private static AgentReport next() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      AgentReport report = Channel.SENT.poll(5, TimeUnit.SECONDS);
      if (report != null) {
        return report;
      }
    }
    throw new AssertionError("no such report came");
  }

  /** Static, because the harness copies the function. */
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

  @Test
  void formatsKeepEverything() throws IOException {
    ControlMessage message = command("c1", "enrichment", "auto");
    ControlMessage bare = new ControlMessage(null, "control", 3, Long.MAX_VALUE, null);
    ControlMessage empty = new ControlMessage(new byte[0], "control", 3, 0, new byte[0]);
    for (ControlMessage each : List.of(message, bare, empty)) {
      assertThat(copy(new ControlMessageCodec(), each)).isEqualTo(each);
      for (ErrorClass errorClass : ErrorClass.values()) {
        RejectedControl rejected = new RejectedControl(each, errorClass, "é must be …");
        assertThat(copy(new RejectedControlCodec(), rejected)).isEqualTo(rejected);
      }
    }
    OrchestratorCounts counts = new OrchestratorCounts(1, 2, 3, Long.MAX_VALUE);
    assertThat(copy(new OrchestratorCountsCodec(), counts)).isEqualTo(counts);
  }

  private static <T> T copy(Codec<T> codec, T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(value, new DataOutputStream(bytes));
    return codec.read(
        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), codec.version());
  }
}
