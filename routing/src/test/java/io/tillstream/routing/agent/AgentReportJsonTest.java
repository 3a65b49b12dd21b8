package io.tillstream.routing.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AgentReportJsonTest {

  private static AgentReport report(AgentState state, Map<String, Double> indicators) {
    return new AgentReport(
        "enrichment",
        "look-up",
        1,
        2,
        77,
        9,
        state,
        1_795_492_800_000L,
        1_795_492_801_007L,
        state == AgentState.FAILED ? "Redis does not answer" : null,
        0.25,
        3,
        Map.of("aggregated", Long.MAX_VALUE),
        indicators);
  }

  @ParameterizedTest
  @EnumSource(AgentState.class)
  void keepsEverything(AgentState state) throws IOException {
    AgentReport report = report(state, Map.of("redis_pool_in_use", 2.0, "odd \"name\"", -1e-9));
    assertThat(AgentReportJson.read(AgentReportJson.write(report))).isEqualTo(report);
  }

  @Test
  void isTheContracts() {
    assertThat(text(report(AgentState.RUNNING, Map.of("lag", 2.0))))
        .isEqualTo(
            "{\"type\":\"agent-report\",\"v\":1,\"agent\":\"enrichment\",\"part\":\"look-up\","
                + "\"subtask\":1,\"parallelism\":2,\"incarnation\":77,\"sequence\":9,"
                + "\"state\":\"running\",\"since\":\"2026-11-24T04:00:00.000Z\","
                + "\"at\":\"2026-11-24T04:00:01.007Z\",\"error_rate\":0.25,\"epoch\":3,"
                + "\"counts\":{\"aggregated\":9223372036854775807},\"indicators\":{\"lag\":2.0}}");
  }

  @Test
  void leavesOutWhatIsNoNumber() throws IOException {
    AgentReport odd =
        report(AgentState.FAILED, Map.of("a", Double.NaN, "b", Double.POSITIVE_INFINITY));
    assertThat(AgentReportJson.read(AgentReportJson.write(odd)))
        .isEqualTo(report(AgentState.FAILED, Map.of()));
  }

  @Test
  void whatIsNoReportIsRefused() {
    String good = text(report(AgentState.RUNNING, Map.of("lag", 2.0)));
    assertRefused(good.replace("running", "asleep"), "state must be one of");
    assertRefused(good.replace("\"subtask\":1", "\"subtask\":-1"), "subtask must be from 0");
    assertRefused(good.replace("\"lag\":2.0", "\"lag\":\"2\""), "indicators.lag must be a number");
    assertRefused(good.replace("\"counts\":{", "\"counts\":{\"x\":1.5,"), "counts.x must be an");
    assertRefused(good.replace("00.000Z", "00.000"), "since must be an ISO-8601 instant");
    assertRefused(good.replace("\"v\":1", "\"v\":2"), "v must be from 1 to 1");
    assertRefused(good.replace("agent-report", "letter"), "type must be agent-report");
    assertRefused("[]", "must be one JSON object");
  }

  private static String text(AgentReport report) {
    return new String(AgentReportJson.write(report), StandardCharsets.UTF_8);
  }

  private static void assertRefused(String json, String says) {
    assertThatThrownBy(() -> AgentReportJson.read(json.getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining(says);
  }
}
