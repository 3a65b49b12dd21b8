package io.tillstream.routing.route;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import io.tillstream.routing.plan.PlanException;
import io.tillstream.routing.plan.RoutePlan;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The format of {@link OrchestratorState} in checkpoints. What reports told is left out: after a
 * restore it would be old.
 */
public final class OrchestratorStateCodec implements Codec<OrchestratorState> {
  private static final RouteEntryCodec ENTRY = new RouteEntryCodec();

  @Override
  public void write(OrchestratorState state, DataOutput out) throws IOException {
    Texts.write(state.plan().text(), out);
    // Mostly the same; null stands for that.
    boolean same = state.submitted().equals(state.plan().text());
    Texts.write(same ? null : state.submitted(), out);
    Numbers.writeUnsigned(state.planVersion(), out);
    Numbers.writeUnsigned(state.epoch(), out);
    Numbers.writeUnsigned(state.starts(), out);
    Numbers.writeUnsigned(state.experienced(), out);
    Numbers.writeUnsigned(state.routes().size(), out);
    // In the order of names, so that equal states have equal bytes.
    for (RouteEntry entry : new TreeMap<>(state.routes()).values()) {
      ENTRY.write(entry, out);
    }
    Numbers.writeUnsigned(state.recentCommands().size(), out);
    for (String command : state.recentCommands()) {
      Texts.write(command, out);
    }
  }

  @Override
  public OrchestratorState read(DataInput in, int version) throws IOException {
    RoutePlan plan = plan(Texts.read(in));
    String submitted = Texts.read(in);
    long planVersion = Numbers.readUnsigned(in);
    long epoch = Numbers.readUnsigned(in);
    long starts = Numbers.readUnsigned(in);
    long experienced = Numbers.readUnsigned(in);
    Map<String, RouteEntry> routes = new HashMap<>();
    for (long left = Numbers.readUnsigned(in); left > 0; left--) {
      RouteEntry entry = ENTRY.read(in, version);
      routes.put(entry.state().route(), entry);
    }
    List<String> commands = new ArrayList<>();
    for (long left = Numbers.readUnsigned(in); left > 0; left--) {
      commands.add(Texts.read(in));
    }
    return new OrchestratorState(
        plan,
        submitted == null ? plan.text() : submitted,
        planVersion,
        routes,
        epoch,
        commands,
        starts,
        experienced);
  }

  private static RoutePlan plan(String text) throws IOException {
    if (text.equals(RoutePlan.standard().text())) {
      return RoutePlan.standard();
    }
    try {
      return RoutePlan.parse(text);
    } catch (PlanException e) {
      throw new IOException("the routes in the checkpoint are refused: " + e.getMessage(), e);
    }
  }
}
