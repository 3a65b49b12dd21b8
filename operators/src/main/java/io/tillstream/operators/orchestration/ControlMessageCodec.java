package io.tillstream.operators.orchestration;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The wire format of {@link ControlMessage}. */
public final class ControlMessageCodec implements Codec<ControlMessage> {

  @Override
  public void write(ControlMessage message, DataOutput out) throws IOException {
    writeBytes(message.value(), out);
    Texts.write(message.topic(), out);
    Numbers.writeUnsigned(message.partition(), out);
    Numbers.writeUnsigned(message.offset(), out);
    writeBytes(message.key(), out);
  }

  @Override
  public ControlMessage read(DataInput in, int version) throws IOException {
    return new ControlMessage(
        readBytes(in),
        Texts.read(in),
        (int) Numbers.readUnsigned(in),
        Numbers.readUnsigned(in),
        readBytes(in));
  }

  // 0 is null, else the length plus one.
  private static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
    Numbers.writeUnsigned(bytes == null ? 0 : bytes.length + 1L, out);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  private static byte[] readBytes(DataInput in) throws IOException {
    long head = Numbers.readUnsigned(in);
    if (head == 0) {
      return null;
    }
    byte[] bytes = new byte[Math.toIntExact(head - 1)];
    in.readFully(bytes);
    return bytes;
  }
}
