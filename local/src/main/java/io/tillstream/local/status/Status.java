package io.tillstream.local.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.dashboard.agents.AgentView;
import io.tillstream.dashboard.agents.CheckpointView;
import io.tillstream.dashboard.agents.JobView;
import io.tillstream.dashboard.agents.Ledger;
import io.tillstream.dashboard.agents.RouteView;
import io.tillstream.dashboard.agents.StatusJson;
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
    root.set("job", StatusJson.job(job));
    root.set("agents", StatusJson.agents(agents));
    root.set("routes", StatusJson.routes(routes));
    root.set("checkpoints", StatusJson.checkpoints(checkpoints));
    root.putObject("lag").put("records", lag);
    root.set("ledger", StatusJson.ledger(ledger));
    return root;
  }
}
