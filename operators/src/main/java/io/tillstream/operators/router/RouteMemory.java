package io.tillstream.operators.router;

import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.routing.event.Id128;
import io.tillstream.routing.event.Routed;
import io.tillstream.routing.route.Decision;
import io.tillstream.routing.route.RouteState;
import io.tillstream.routing.route.RouteStateCodec;
import io.tillstream.routing.route.RouteTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.util.OutputTag;

/**
 * A router's table of routes that lives in checkpoints. Every subtask stores its own copy and reads
 * all of them: for each route the highest epoch wins, so a subtask that was behind catches up.
 */
public final class RouteMemory {
  private final RouteTable table = new RouteTable();
  private final ListState<RouteState> state;

  private OutputTag<Routed> way; // null while it differs from event to event
  private RouteState enrichment;
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

  /** Takes over a decision unless one at least as new is known; tells whether it did. */
  public boolean decide(Decision decision) {
    boolean applied = table.apply(decision.state());
    if (applied) {
      look();
    }
    return applied;
  }

  private void look() {
    enrichment = table.of(RouteTable.ENRICHMENT);
    way = enrichment.probing() ? null : wayTo(enrichment.activeAgent());
    long newest = 0;
    for (RouteState each : table.known()) {
      newest = Math.max(newest, each.epoch());
    }
    epoch = newest;
  }

  /** The way of an event: one for all of them, unless some of them probe another. */
  public OutputTag<Routed> wayOf(Id128 id) {
    return way != null ? way : wayTo(enrichment.agentFor(id));
  }

  // Whoever is not the bypass looks up.
  private static OutputTag<Routed> wayTo(String agent) {
    return agent.equals(RouteTable.BYPASS) ? RouteTags.BYPASS : RouteTags.ENRICHED;
  }

  /** What is known of every route by a decision. */
  public Iterable<RouteState> known() {
    return table.known();
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
