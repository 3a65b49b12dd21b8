package io.tillstream.operators.figures;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.event.Routed;
import io.tillstream.routing.event.ShopEvent;
import io.tillstream.routing.event.ShopEventCodec;
import io.tillstream.routing.route.RouteStateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The wire format of {@link Routed}: one byte that tells what it is, and that. */
public final class RoutedCodec implements Codec<Routed> {
  private static final byte EVENT = 1;
  private static final byte NOTICE = 2;

  private final ShopEventCodec events = new ShopEventCodec();
  private final RouteStateCodec states = new RouteStateCodec();

  @Override
  public void write(Routed value, DataOutput out) throws IOException {
    if (value instanceof ShopEvent event) {
      out.writeByte(EVENT);
      events.write(event, out);
    } else if (value instanceof RouteNotice notice) {
      out.writeByte(NOTICE);
      states.write(notice.state(), out);
    } else {
      throw new IOException("nothing that travels on a route: " + value);
    }
  }

  @Override
  public Routed read(DataInput in, int version) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case EVENT -> events.read(in, events.version());
      case NOTICE -> new RouteNotice(states.read(in, states.version()));
      default -> throw new IOException("no kind of what travels on a route: " + kind);
    };
  }
}
