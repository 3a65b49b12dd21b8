package io.tillstream.routing.route;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The wire format of {@link Decision}. */
public final class DecisionCodec implements Codec<Decision> {

  @Override
  public void write(Decision decision, DataOutput out) throws IOException {
    Texts.write(decision.route(), out);
    out.writeBoolean(decision.fromPrimary());
    out.writeBoolean(decision.toPrimary());
    out.writeByte(RouteStateCodec.code(decision.mode()));
    Numbers.writeUnsigned(decision.epoch(), out);
    Texts.write(decision.reason(), out);
    Texts.write(decision.by(), out);
    out.writeLong(decision.at());
    Texts.write(decision.commandId(), out);
  }

  @Override
  public Decision read(DataInput in, int version) throws IOException {
    return new Decision(
        Texts.read(in),
        in.readBoolean(),
        in.readBoolean(),
        RouteStateCodec.mode(in.readByte()),
        Numbers.readUnsigned(in),
        Texts.read(in),
        Texts.read(in),
        in.readLong(),
        Texts.read(in));
  }
}
