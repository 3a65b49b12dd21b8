package io.tillstream.routing.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.plan.RoutePlan;
import io.tillstream.routing.retry.RetryPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RouteFormatsTest {

  private static Decision decision(Mode mode, String commandId) {
    return new Decision(
        true,
        new RouteState("enrichment", mode, mode != Mode.FALLBACK, 4_002),
        "Grüße, \"why\" 😀",
        "ada",
        1_795_492_800_120L,
        commandId);
  }

  private static <T> T copy(Codec<T> codec, T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(value, new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    T copy = codec.read(in, codec.version());
    assertThat(in.available()).isZero();
    return copy;
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void binaryKeepsEverything(Mode mode) throws IOException {
    assertThat(copy(new DecisionCodec(), decision(mode, "c1"))).isEqualTo(decision(mode, "c1"));
    assertThat(copy(new DecisionCodec(), decision(mode, null))).isEqualTo(decision(mode, null));
    RouteState route = new RouteState("aggregation", mode, false, Long.MAX_VALUE);
    assertThat(copy(new RouteStateCodec(), route)).isEqualTo(route);
    OrchestratorState state =
        new OrchestratorState(
            Map.of("aggregation", new RouteEntry(route, -1, "because")), 9, List.of("c2", "c1"));
    assertThat(copy(new OrchestratorStateCodec(), state)).isEqualTo(state);
    assertThat(copy(new OrchestratorStateCodec(), OrchestratorState.initial(3)))
        .isEqualTo(OrchestratorState.initial(3));
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void aRouteInAnyPhaseIsKept(Phase phase) throws Exception {
    RoutePlan plan = RoutePlan.parse(RoutePlan.standard().text().replace("PT1M", "PT3M"));
    RouteState state =
        new RouteState(
            "enrichment",
            Mode.OBSERVE,
            phase == Phase.PRIMARY,
            1L << 40,
            "bypass",
            "enrichment",
            0.25,
            new RetryPolicy(1, Duration.ofMillis(3), 1, Duration.ofSeconds(2), 1));
    for (Boolean would : new Boolean[] {null, true, false}) {
      RouteEntry entry =
          new RouteEntry(state, -1, "weil", phase, 77, RouteEntry.NEVER, 300, 1L << 33, 7, would);
      OrchestratorState all =
          new OrchestratorState(
              plan,
              RoutePlan.standard().text(),
              300,
              Map.of("enrichment", entry),
              5,
              List.of("c1"),
              2,
              1L << 41);
      assertThat(copy(new OrchestratorStateCodec(), all)).isEqualTo(all);
    }
  }

  @Test
  void whatReportsToldIsNotKept() throws IOException {
    OrchestratorState state = OrchestratorState.initial(3);
    state = Orchestrator.decide(state, new Input.Tick(), 1_000).state();
    state = Orchestrator.decide(state, new Input.Tick(), 2_000).state();
    OrchestratorState copy = copy(new OrchestratorStateCodec(), state);
    assertThat(copy).isNotEqualTo(state).isEqualTo(state.remembered());
    assertThat(copy.experienced()).isEqualTo(1_000);
  }

  @Test
  void jsonIsTheContracts() {
    assertThat(
            new String(DecisionJson.write(decision(Mode.FALLBACK, "c1")), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"route\":\"enrichment\",\"from\":\"primary\",\"to\":\"fallback\","
                + "\"mode\":\"fallback\",\"epoch\":4002,\"reason\":\"Grüße, \\\"why\\\" 😀\","
                + "\"by\":\"ada\",\"at\":\"2026-11-24T04:00:00.120Z\","
                + "\"type\":\"route-decision\",\"v\":1,\"agent\":\"bypass\",\"probe_share\":0.0,"
                + "\"command_id\":\"c1\"}");
  }
}
