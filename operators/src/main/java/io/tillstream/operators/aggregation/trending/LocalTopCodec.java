package io.tillstream.operators.aggregation.trending;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The wire format of {@link LocalTop}. */
public final class LocalTopCodec implements Codec<LocalTop> {

  @Override
  public void write(LocalTop value, DataOutput out) throws IOException {
    Numbers.writeSigned(value.windowEnd(), out);
    Numbers.writeUnsigned(value.subtask(), out);
    Numbers.writeUnsigned(value.subtasks(), out);
    TrendCount.writeAll(value.items(), out);
  }

  @Override
  public LocalTop read(DataInput in, int version) throws IOException {
    return new LocalTop(
        Numbers.readSigned(in),
        (int) Numbers.readUnsigned(in),
        (int) Numbers.readUnsigned(in),
        TrendCount.readAll(in));
  }
}
