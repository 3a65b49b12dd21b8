package io.tillstream.operators.orchestration;

import io.tillstream.routing.route.OrchestratorState;
import io.tillstream.routing.route.RouteEntry;
import io.tillstream.routing.route.Verdict;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the web UI shows of routes and agents. Gauges are read by other threads: they look at the
 * newest state, which is immutable. Routes and agents get theirs when they are first known.
 */
final class OrchestratorMetrics {
  private static final double PROBING = 0.5;

  private final MetricGroup group;
  private final Supplier<OrchestratorState> state;
  private final Set<String> routes = new HashSet<>();
  private final Set<String> agents = new HashSet<>();

  OrchestratorMetrics(
      MetricGroup group, Supplier<OrchestratorState> state, OpenDegraded openDegraded) {
    this.group = group;
    this.state = state;
    group.gauge("holding", (Gauge<Integer>) () -> state.get().holding() ? 1 : 0);
    group.gauge("degraded_open", (Gauge<Long>) openDegraded::total);
    refresh();
  }

  /** Takes in routes and agents that are new; in the task's thread. */
  void refresh() {
    OrchestratorState now = state.get();
    for (String route : now.routes().keySet()) {
      if (routes.add(route)) {
        add(group.addGroup("route", route), route);
      }
    }
    for (String agent : now.verdicts().keySet()) {
      if (agents.add(agent)) {
        group.gauge("agent_" + agent + "_state", (Gauge<String>) () -> agentState(agent));
      }
    }
  }

  private void add(MetricGroup of, String route) {
    gauge(of, "epoch", route, 0L, entry -> entry.state().epoch());
    gauge(of, "active", route, 1.0, OrchestratorMetrics::active);
    gauge(of, "mode", route, "", entry -> entry.state().mode().text());
    gauge(of, "switches", route, 0L, RouteEntry::switches);
    gauge(of, "time_in_fallback_ms", route, 0L, RouteEntry::fallbackMillis);
  }

  private <T> void gauge(
      MetricGroup of, String name, String route, T without, Function<RouteEntry, T> read) {
    of.gauge(
        name,
        (Gauge<T>)
            () -> {
              RouteEntry entry = state.get().routes().get(route);
              return entry == null ? without : read.apply(entry);
            });
  }

  private static double active(RouteEntry entry) {
    if (entry.state().primary()) {
      return 1;
    }
    return entry.state().probeShare() > 0 ? PROBING : 0;
  }

  private String agentState(String agent) {
    Verdict verdict = state.get().verdicts().get(agent);
    return verdict == null ? "unknown" : verdict.state().text();
  }
}
