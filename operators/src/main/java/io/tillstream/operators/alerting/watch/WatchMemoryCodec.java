package io.tillstream.operators.alerting.watch;

import io.tillstream.routing.alert.RuleBookCodec;
import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The state format of {@link WatchMemory}. */
public final class WatchMemoryCodec implements Codec<WatchMemory> {
  private static final RuleBookCodec BOOK = new RuleBookCodec();

  @Override
  public void write(WatchMemory value, DataOutput out) throws IOException {
    BOOK.write(value.book(), out);
    Numbers.writeUnsigned(value.numbersAbove(), out);
    Numbers.writeUnsigned(value.offsets().size(), out);
    // In the order of partitions, so that equal memories have equal bytes.
    for (Map.Entry<Integer, Long> offset : new TreeMap<>(value.offsets()).entrySet()) {
      Numbers.writeUnsigned(offset.getKey(), out);
      Numbers.writeUnsigned(offset.getValue(), out);
    }
  }

  @Override
  public WatchMemory read(DataInput in, int version) throws IOException {
    var book = BOOK.read(in, 1);
    long numbersAbove = Numbers.readUnsigned(in);
    Map<Integer, Long> offsets = new TreeMap<>();
    for (long left = Numbers.readUnsigned(in); left > 0; left--) {
      offsets.put((int) Numbers.readUnsigned(in), Numbers.readUnsigned(in));
    }
    return new WatchMemory(book, numbersAbove, offsets);
  }
}
