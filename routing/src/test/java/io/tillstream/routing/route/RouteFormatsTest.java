package io.tillstream.routing.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.routing.codec.Codec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
