package io.tillstream.operators.ingestion;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The state format of {@link ShardWatermark}. */
public final class ShardWatermarkCodec implements Codec<ShardWatermark> {

  @Override
  public void write(ShardWatermark value, DataOutput out) throws IOException {
    Numbers.writeUnsigned(value.first(), out);
    Numbers.writeUnsigned(value.last(), out);
    out.writeLong(value.watermark());
  }

  @Override
  public ShardWatermark read(DataInput in, int version) throws IOException {
    return new ShardWatermark(
        (int) Numbers.readUnsigned(in), (int) Numbers.readUnsigned(in), in.readLong());
  }
}
