package io.tillstream.operators.ingestion;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The state format of {@link PartitionMemory}. */
public final class PartitionMemoryCodec implements Codec<PartitionMemory> {

  @Override
  public void write(PartitionMemory value, DataOutput out) throws IOException {
    Texts.write(value.partition().topic(), out);
    Numbers.writeUnsigned(value.partition().number(), out);
    out.writeLong(value.newest());
    Numbers.writeUnsigned(value.quietMs(), out);
  }

  @Override
  public PartitionMemory read(DataInput in, int version) throws IOException {
    return new PartitionMemory(
        new PartitionId(Texts.read(in), (int) Numbers.readUnsigned(in)),
        in.readLong(),
        Numbers.readUnsigned(in));
  }
}
