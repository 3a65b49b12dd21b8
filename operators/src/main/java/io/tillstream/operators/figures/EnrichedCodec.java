package io.tillstream.operators.figures;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.route.RouteStateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The wire format of {@link Enriched}: one byte that tells what it is, and that. */
public final class EnrichedCodec implements Codec<Enriched> {
  private static final byte EVENT = 1;
  private static final byte NOTICE = 2;

  private final EnrichedEventCodec events = new EnrichedEventCodec();
  private final RouteStateCodec states = new RouteStateCodec();

  @Override
  public void write(Enriched value, DataOutput out) throws IOException {
    if (value instanceof EnrichedEvent event) {
      out.writeByte(EVENT);
      events.write(event, out);
    } else if (value instanceof RouteNotice notice) {
      out.writeByte(NOTICE);
      states.write(notice.state(), out);
    } else {
      throw new IOException("nothing that comes from the enrichment: " + value);
    }
  }

  @Override
  public Enriched read(DataInput in, int version) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case EVENT -> events.read(in, events.version());
      case NOTICE -> new RouteNotice(states.read(in, states.version()));
      default -> throw new IOException("no kind of what comes from the enrichment: " + kind);
    };
  }
}
