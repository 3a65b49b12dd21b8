package io.tillstream.operators.ingestion;

import io.tillstream.operators.ingestion.SourceMessage.PartitionAssigned;
import io.tillstream.operators.ingestion.SourceMessage.RawRecord;
import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The wire format of {@link SourceMessage}; used only where the chain is broken, as with chaining
 * switched off.
 */
public final class SourceMessageCodec implements Codec<SourceMessage> {
  private static final int RECORD = 1;
  private static final int ASSIGNED = 2;

  @Override
  public void write(SourceMessage value, DataOutput out) throws IOException {
    if (value instanceof RawRecord record) {
      out.writeByte(RECORD);
      Texts.write(record.topic(), out);
      Numbers.writeUnsigned(record.partition(), out);
      Numbers.writeUnsigned(record.offset(), out);
      out.writeLong(record.timestamp());
      Bytes.write(record.key(), out);
      Bytes.write(record.value(), out);
      Bytes.writeHeaders(record.headers(), out);
    } else if (value instanceof PartitionAssigned assigned) {
      out.writeByte(ASSIGNED);
      Texts.write(assigned.topic(), out);
      Numbers.writeUnsigned(assigned.partition(), out);
      out.writeLong(assigned.startingOffset());
      out.writeLong(assigned.stoppingOffset());
    }
  }

  @Override
  public SourceMessage read(DataInput in, int version) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case RECORD ->
          new RawRecord(
              Texts.read(in),
              (int) Numbers.readUnsigned(in),
              Numbers.readUnsigned(in),
              in.readLong(),
              Bytes.read(in),
              Bytes.read(in),
              Bytes.readHeaders(in));
      case ASSIGNED ->
          new PartitionAssigned(
              Texts.read(in), (int) Numbers.readUnsigned(in), in.readLong(), in.readLong());
      default -> throw new IOException("no source message of kind " + kind);
    };
  }
}
