package io.tillstream.operators.figures;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.event.EventType;
import io.tillstream.routing.event.Id128;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The wire format of {@link CartSignal}. */
public final class CartSignalCodec implements Codec<CartSignal> {

  @Override
  public void write(CartSignal value, DataOutput out) throws IOException {
    out.writeLong(value.session().high());
    out.writeLong(value.session().low());
    out.writeByte(value.type().code());
    out.writeLong(value.eventTime());
    out.writeLong(value.recordTime());
  }

  @Override
  public CartSignal read(DataInput in, int version) throws IOException {
    return new CartSignal(
        new Id128(in.readLong(), in.readLong()),
        EventType.ofCode(in.readByte()),
        in.readLong(),
        in.readLong());
  }
}
