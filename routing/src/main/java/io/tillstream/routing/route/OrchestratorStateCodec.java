package io.tillstream.routing.route;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The format of {@link OrchestratorState} in checkpoints. */
public final class OrchestratorStateCodec implements Codec<OrchestratorState> {
  private static final RouteStateCodec ROUTE = new RouteStateCodec();

  @Override
  public void write(OrchestratorState state, DataOutput out) throws IOException {
    Numbers.writeUnsigned(state.epoch(), out);
    Numbers.writeUnsigned(state.routes().size(), out);
    // In the order of names, so that equal states have equal bytes.
    for (RouteEntry entry : new TreeMap<>(state.routes()).values()) {
      ROUTE.write(entry.state(), out);
      out.writeLong(entry.since());
      Texts.write(entry.reason(), out);
    }
    Numbers.writeUnsigned(state.recentCommands().size(), out);
    for (String command : state.recentCommands()) {
      Texts.write(command, out);
    }
  }

  @Override
  public OrchestratorState read(DataInput in, int version) throws IOException {
    long epoch = Numbers.readUnsigned(in);
    Map<String, RouteEntry> routes = new HashMap<>();
    for (long left = Numbers.readUnsigned(in); left > 0; left--) {
      RouteState state = ROUTE.read(in, version);
      routes.put(state.route(), new RouteEntry(state, in.readLong(), Texts.read(in)));
    }
    List<String> commands = new ArrayList<>();
    for (long left = Numbers.readUnsigned(in); left > 0; left--) {
      commands.add(Texts.read(in));
    }
    return new OrchestratorState(routes, epoch, commands);
  }
}
