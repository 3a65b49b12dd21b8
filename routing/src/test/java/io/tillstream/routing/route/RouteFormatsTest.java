package io.tillstream.routing.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.json.JsonRecordException;
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
        "enrichment",
        true,
        mode != Mode.FALLBACK,
        mode,
        4_002,
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
  @EnumSource(Mode.class)
  void jsonKeepsEverything(Mode mode) throws IOException {
    assertThat(DecisionJson.read(DecisionJson.write(decision(mode, "c1"))))
        .isEqualTo(decision(mode, "c1"));
    assertThat(DecisionJson.read(DecisionJson.write(decision(mode, null))))
        .isEqualTo(decision(mode, null));
  }

  @Test
  void jsonIsTheContracts() {
    assertThat(
            new String(DecisionJson.write(decision(Mode.FALLBACK, "c1")), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"route\":\"enrichment\",\"from\":\"primary\",\"to\":\"fallback\","
                + "\"mode\":\"fallback\",\"epoch\":4002,\"reason\":\"Grüße, \\\"why\\\" 😀\","
                + "\"by\":\"ada\",\"at\":\"2026-11-24T04:00:00.120Z\",\"command_id\":\"c1\"}");
  }

  @Test
  void whatIsNoDecisionIsRefused() {
    String good = new String(DecisionJson.write(decision(Mode.AUTO, null)), StandardCharsets.UTF_8);
    assertRefused(good.replace("\"to\":\"primary\"", "\"to\":\"there\""), "to must be primary or");
    assertRefused(good.replace("\"auto\"", "\"car\""), "mode must be one of");
    assertRefused(good.replace("4002", "1e3"), "epoch must be an integer");
    assertRefused(good.replace("4002", "9".repeat(30)), "epoch must fit 64 bits");
    assertRefused(good.replace("4002", "null"), "epoch must be there");
  }

  private static void assertRefused(String json, String says) {
    assertThatThrownBy(() -> DecisionJson.read(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JsonRecordException.class)
        .hasMessageContaining(says);
  }
}
