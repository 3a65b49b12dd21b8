package io.tillstream.operators.aggregation.sums;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The state format of {@link Memory}. */
public final class MemoryCodec implements Codec<Memory> {

  @Override
  public void write(Memory value, DataOutput out) throws IOException {
    Numbers.writeUnsigned(value.firstKeyGroup(), out);
    Numbers.writeUnsigned(value.lastKeyGroup(), out);
    out.writeLong(value.clock());
    out.writeLong(value.writer());
    out.writeLong(value.watermark());
    Numbers.writeUnsigned(value.offsets().size(), out);
    // In the order of partitions, so that equal memories have equal bytes.
    for (Map.Entry<Integer, Long> offset : new TreeMap<>(value.offsets()).entrySet()) {
      Numbers.writeUnsigned(offset.getKey(), out);
      Numbers.writeUnsigned(offset.getValue(), out);
    }
  }

  @Override
  public Memory read(DataInput in, int version) throws IOException {
    int first = (int) Numbers.readUnsigned(in);
    int last = (int) Numbers.readUnsigned(in);
    long clock = in.readLong();
    long writer = in.readLong();
    long watermark = in.readLong();
    Map<Integer, Long> offsets = new TreeMap<>();
    for (long left = Numbers.readUnsigned(in); left > 0; left--) {
      offsets.put((int) Numbers.readUnsigned(in), Numbers.readUnsigned(in));
    }
    return new Memory(first, last, clock, writer, watermark, offsets);
  }
}
