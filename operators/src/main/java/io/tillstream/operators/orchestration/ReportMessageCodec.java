package io.tillstream.operators.orchestration;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The wire format of {@link ReportMessage}. */
public final class ReportMessageCodec implements Codec<ReportMessage> {

  @Override
  public void write(ReportMessage message, DataOutput out) throws IOException {
    Numbers.writeUnsigned(message.value().length, out);
    out.write(message.value());
  }

  @Override
  public ReportMessage read(DataInput in, int version) throws IOException {
    byte[] value = new byte[Math.toIntExact(Numbers.readUnsigned(in))];
    in.readFully(value);
    return new ReportMessage(value);
  }
}
