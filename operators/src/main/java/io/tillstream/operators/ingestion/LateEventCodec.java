package io.tillstream.operators.ingestion;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The wire format of {@link LateEvent}. */
public final class LateEventCodec implements Codec<LateEvent> {

  @Override
  public void write(LateEvent value, DataOutput out) throws IOException {
    Texts.write(value.eventId(), out);
    Bytes.write(value.value(), out);
  }

  @Override
  public LateEvent read(DataInput in, int version) throws IOException {
    return new LateEvent(Texts.read(in), Bytes.read(in));
  }
}
