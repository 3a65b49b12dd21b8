package io.tillstream.local.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.local.layout.Json;
import java.util.List;

/**
 * All that {@code status} knows at one moment.
 *
 * @param lag records in the input topic that were not read yet
 */
public record Status(
    JobView job,
    List<AgentView> agents,
    List<RouteView> routes,
    CheckpointView checkpoints,
    long lag,
    Ledger ledger) {

  public long in() {
    return ledger.in();
  }

  public boolean balanced() {
    return ledger.balanced();
  }

  public long deadLettered() {
    return ledger.deadLettered();
  }

  public long duplicate() {
    return ledger.duplicate();
  }

  public long late() {
    return ledger.late();
  }

  public long aggregated() {
    return ledger.aggregated();
  }

  public long degradedOpen() {
    return ledger.degradedOpen();
  }

  public long restarts() {
    return job.restarts();
  }

  public String jobState() {
    return job.state();
  }

  public long checkpointsCompleted() {
    return checkpoints.completed();
  }

  /** The contract's {@code status --json}. */
  public ObjectNode json() {
    ObjectNode root = Json.MAPPER.createObjectNode();
    ObjectNode jobNode = root.putObject("job");
    jobNode.put("id", job.id());
    jobNode.put("state", job.state());
    jobNode.put("restarts", job.restarts());
    ArrayNode agentNodes = root.putArray("agents");
    for (AgentView agent : agents) {
      ObjectNode node = agentNodes.addObject();
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
    ArrayNode routeNodes = root.putArray("routes");
    for (RouteView route : routes) {
      ObjectNode node = routeNodes.addObject();
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
    ObjectNode points = root.putObject("checkpoints");
    points.put("completed", checkpoints.completed());
    points.put("failed", checkpoints.failed());
    points.put(
        "last_completed_at",
        checkpoints.lastCompletedAt() == null ? null : checkpoints.lastCompletedAt().toString());
    points.put("last_duration_ms", checkpoints.lastDurationMs());
    points.put("last_bytes", checkpoints.lastBytes());
    points.put("full_bytes", checkpoints.fullBytes());
    root.putObject("lag").put("records", lag);
    ObjectNode book = root.putObject("ledger");
    book.put("in", ledger.in());
    book.put("aggregated", ledger.aggregated());
    book.put("duplicate", ledger.duplicate());
    book.put("late", ledger.late());
    book.put("dead_lettered", ledger.deadLettered());
    book.put("degraded_open", ledger.degradedOpen());
    book.put("balanced", ledger.balanced());
    return root;
  }

  private static void put(ObjectNode node, String name, double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      node.put(name, (long) value);
    } else {
      node.put(name, value);
    }
  }
}
