package io.tillstream.dashboard.agents;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The parts of the contract's {@code status --json}, the same wherever they are shown. */
public final class StatusJson {
  private StatusJson() {}

  public static ObjectNode job(JobView job) {
    ObjectNode node = object();
    node.put("id", job.id());
    node.put("state", job.state());
    node.put("restarts", job.restarts());
    return node;
  }

  public static ArrayNode agents(List<AgentView> agents) {
    ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
    for (AgentView agent : agents) {
      ObjectNode node = nodes.addObject();
      node.put("agent", agent.agent());
      node.put("state", agent.state());
      node.put("since", agent.since().toString());
      if (!agent.note().isEmpty()) {
        node.put("note", agent.note());
      }
      node.put("error_rate", agent.errorRate());
      ObjectNode indicators = node.putObject("indicators");
      agent.indicators().forEach((name, value) -> put(indicators, name, value));
    }
    return nodes;
  }

  public static ArrayNode routes(List<RouteView> routes) {
    ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
    for (RouteView route : routes) {
      ObjectNode node = nodes.addObject();
      node.put("route", route.route());
      node.put("mode", route.mode());
      node.put("active", route.active());
      node.put("epoch", route.epoch());
      node.put("reason", route.reason());
      node.put("since", route.since());
      if (route.probeShare() > 0) {
        node.put("probe_share", route.probeShare());
      }
      if (!route.would().isEmpty()) {
        node.put("would", route.would());
      }
    }
    return nodes;
  }

  public static ObjectNode checkpoints(CheckpointView checkpoints) {
    ObjectNode points = object();
    points.put("completed", checkpoints.completed());
    points.put("failed", checkpoints.failed());
    points.put(
        "last_completed_at",
        checkpoints.lastCompletedAt() == null ? null : checkpoints.lastCompletedAt().toString());
    points.put("last_duration_ms", checkpoints.lastDurationMs());
    points.put("last_bytes", checkpoints.lastBytes());
    points.put("full_bytes", checkpoints.fullBytes());
    return points;
  }

  public static ObjectNode ledger(Ledger ledger) {
    ObjectNode book = object();
    book.put("in", ledger.in());
    book.put("aggregated", ledger.aggregated());
    book.put("duplicate", ledger.duplicate());
    book.put("late", ledger.late());
    book.put("dead_lettered", ledger.deadLettered());
    book.put("degraded_open", ledger.degradedOpen());
    book.put("balanced", ledger.balanced());
    return book;
  }

  private static void put(ObjectNode node, String name, double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      node.put(name, (long) value);
    } else {
      node.put(name, value);
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
