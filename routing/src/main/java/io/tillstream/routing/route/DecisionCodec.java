package io.tillstream.routing.route;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The wire format of {@link Decision}. */
public final class DecisionCodec implements Codec<Decision> {

  private static final RouteStateCodec STATE = new RouteStateCodec();
  private static final byte NOTHING = 0;
  private static final byte PRIMARY = 1;
  private static final byte FALLBACK = 2;

  @Override
  public void write(Decision decision, DataOutput out) throws IOException {
    out.writeBoolean(decision.fromPrimary());
    STATE.write(decision.state(), out);
    Texts.write(decision.reason(), out);
    Texts.write(decision.by(), out);
    out.writeLong(decision.at());
    Texts.write(decision.commandId(), out);
    Boolean would = decision.wouldPrimary();
    out.writeByte(would == null ? NOTHING : would ? PRIMARY : FALLBACK);
  }

  @Override
  public Decision read(DataInput in, int version) throws IOException {
    boolean fromPrimary = in.readBoolean();
    RouteState state = STATE.read(in, version);
    String reason = Texts.read(in);
    String by = Texts.read(in);
    long at = in.readLong();
    String commandId = Texts.read(in);
    byte would = in.readByte();
    return new Decision(
        fromPrimary, state, reason, by, at, commandId, would == NOTHING ? null : would == PRIMARY);
  }
}
