package io.tillstream.operators.router;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import io.tillstream.routing.route.Mode;
import io.tillstream.routing.route.RouteState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The state format of {@link RouteState}. */
public final class RouteStateCodec implements Codec<RouteState> {

  @Override
  public void write(RouteState value, DataOutput out) throws IOException {
    Texts.write(value.route(), out);
    Texts.write(value.mode().text(), out);
    out.writeBoolean(value.primary());
    Numbers.writeUnsigned(value.epoch(), out);
  }

  @Override
  public RouteState read(DataInput in, int version) throws IOException {
    String route = Texts.read(in);
    String word = Texts.read(in);
    Mode mode = Mode.ofText(word);
    if (mode == null) {
      throw new IOException("no mode is called " + word);
    }
    return new RouteState(route, mode, in.readBoolean(), Numbers.readUnsigned(in));
  }
}
