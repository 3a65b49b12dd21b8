package io.tillstream.operators.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.plan.RoutePlan;
import io.tillstream.routing.route.Command;
import io.tillstream.routing.route.Input;
import io.tillstream.routing.route.Mode;
import io.tillstream.routing.route.Orchestrator;
import io.tillstream.routing.route.OrchestratorState;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class OrchestratorMetricsTest {
  private final Map<String, Gauge<?>> gauges = new HashMap<>();
  private OrchestratorState state = OrchestratorState.initial(0);
  private long now;

  /** Takes the gauges down by their names. */
  private final class Group extends UnregisteredMetricsGroup {
    private final String path;

    Group(String path) {
      this.path = path;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      gauges.put(path + name, gauge);
      return gauge;
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
      return new Group(path + key + "." + value + ".");
    }
  }

  private void decide(Input input) {
    now += 250;
    state = Orchestrator.decide(state, input, now).state();
  }

  private Object value(String name) {
    assertThat(gauges).containsKey(name);
    return gauges.get(name).getValue();
  }

  @Test
  void everyRouteAndEveryAgentIsShown() {
    OrchestratorMetrics metrics =
        new OrchestratorMetrics(new Group(""), () -> state, new OpenDegraded());
    decide(new Input.Started(1, 0, RoutePlan.standard()));
    assertThat(value("holding")).isEqualTo(1);
    assertThat(value("degraded_open")).isEqualTo(0L);
    assertThat(value("route.enrichment.active")).isEqualTo(1.0);
    assertThat(value("route.enrichment.mode")).isEqualTo("auto");
    assertThat(value("route.aggregation.switches")).isEqualTo(0L);

    decide(
        new Input.Reported(
            new AgentReport(
                "orchestrator",
                "decide",
                0,
                1,
                1,
                1,
                AgentState.RUNNING,
                0,
                0,
                null,
                0,
                0,
                Map.of(),
                Map.of())));
    decide(new Input.Told(new Command.SetMode("c", "enrichment", Mode.FALLBACK, "ada")));
    decide(new Input.Tick());
    metrics.refresh();
    assertThat(value("holding")).isEqualTo(0);
    assertThat(value("route.enrichment.active")).isEqualTo(0.0);
    assertThat(value("route.enrichment.mode")).isEqualTo("fallback");
    assertThat(value("route.enrichment.switches")).isEqualTo(1L);
    assertThat(value("route.enrichment.epoch")).isEqualTo(1L);
    assertThat(value("route.enrichment.time_in_fallback_ms")).isEqualTo(250L);
    assertThat(value("route.aggregation.active")).isEqualTo(1.0);
    assertThat(value("agent_orchestrator_state")).isEqualTo("running");
  }
}
