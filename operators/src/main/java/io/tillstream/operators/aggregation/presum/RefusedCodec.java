package io.tillstream.operators.aggregation.presum;

import io.tillstream.operators.figures.EnrichedEventCodec;
import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The wire format of {@link Refused}. */
public final class RefusedCodec implements Codec<Refused> {
  private final EnrichedEventCodec events = new EnrichedEventCodec();

  @Override
  public void write(Refused value, DataOutput out) throws IOException {
    events.write(value.event(), out);
    Numbers.writeUnsigned(value.attempts(), out);
    Texts.write(value.error(), out);
  }

  @Override
  public Refused read(DataInput in, int version) throws IOException {
    return new Refused(
        events.read(in, events.version()), (int) Numbers.readUnsigned(in), Texts.read(in));
  }
}
