package io.tillstream.operators.ingestion;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import io.tillstream.routing.event.ErrorClass;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The wire format of {@link DeadLetter}. */
public final class DeadLetterCodec implements Codec<DeadLetter> {

  @Override
  public void write(DeadLetter value, DataOutput out) throws IOException {
    Texts.write(value.topic(), out);
    Numbers.writeUnsigned(value.partition(), out);
    Numbers.writeUnsigned(value.offset(), out);
    Texts.write(value.stage(), out);
    Texts.write(value.errorClass().name(), out);
    Texts.write(value.error(), out);
    Bytes.write(value.key(), out);
    Bytes.write(value.value(), out);
    Bytes.writeHeaders(value.headers(), out);
  }

  @Override
  public DeadLetter read(DataInput in, int version) throws IOException {
    return new DeadLetter(
        Texts.read(in),
        (int) Numbers.readUnsigned(in),
        Numbers.readUnsigned(in),
        Texts.read(in),
        ErrorClass.valueOf(Texts.read(in)),
        Texts.read(in),
        Bytes.read(in),
        Bytes.read(in),
        Bytes.readHeaders(in));
  }
}
