package io.tillstream.operators.router;

import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.routing.route.Decision;
import io.tillstream.routing.route.RouteState;
import io.tillstream.routing.route.RouteStateCodec;
import io.tillstream.routing.route.RouteTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;

/**
 * A router's table of routes that lives in checkpoints. Every subtask stores its own copy and reads
 * all of them: for each route the highest epoch wins, so a subtask that was behind catches up.
 */
public final class RouteMemory {
  private final RouteTable table = new RouteTable();
  private final ListState<RouteState> state;

  private volatile boolean enrichmentPrimary;
  private volatile long epoch;

  private RouteMemory(ListState<RouteState> state) {
    this.state = state;
  }

  /** The table as the checkpoint has it, or the initial one. */
  public static RouteMemory restore(OperatorStateStore store) throws Exception {
    RouteMemory memory =
        new RouteMemory(
            store.getUnionListState(
                new ListStateDescriptor<>("routes", new CodecSerializer<>(RouteStateCodec.class))));
    for (RouteState each : memory.state.get()) {
      memory.table.apply(each);
    }
    memory.look();
    return memory;
  }

  /** Takes over a decision unless one at least as new is known. */
  public void decide(Decision decision) {
    if (table.apply(decision.state())) {
      look();
    }
  }

  private void look() {
    enrichmentPrimary = table.of(RouteTable.ENRICHMENT).primary();
    long newest = 0;
    for (RouteState each : table.known()) {
      newest = Math.max(newest, each.epoch());
    }
    epoch = newest;
  }

  /** Whether events go to the enrichment, rather than by the bypass. */
  public boolean enrichmentPrimary() {
    return enrichmentPrimary;
  }

  /** The newest epoch of any route; 0 before the first decision. For any thread. */
  public long epoch() {
    return epoch;
  }

  /** Puts the table into the state. */
  public void snapshot() throws Exception {
    List<RouteState> known = new ArrayList<>();
    table.known().forEach(known::add);
    state.update(known);
  }
}
