package io.tillstream.operators.ingestion;

import io.tillstream.operators.ingestion.Ingested.ClockReading;
import io.tillstream.operators.ingestion.Ingested.EventReading;
import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.event.ShopEvent;
import io.tillstream.routing.event.ShopEventCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The wire format of {@link Ingested}: two bytes before the event, 12 to 14 for a clock. */
public final class IngestedCodec implements Codec<Ingested> {
  private static final int EVENT = 1;
  private static final int EVENT_WITH_BYTES = 2;
  private static final int CLOCK = 3;

  private final ShopEventCodec events = new ShopEventCodec();

  @Override
  public void write(Ingested value, DataOutput out) throws IOException {
    if (value instanceof EventReading reading) {
      out.writeByte(reading.bytes() == null ? EVENT : EVENT_WITH_BYTES);
      out.writeByte(reading.shard());
      events.write(reading.event(), out);
      if (reading.bytes() != null) {
        Bytes.write(reading.bytes(), out);
      }
    } else if (value instanceof ClockReading clock) {
      out.writeByte(CLOCK);
      out.writeByte(clock.shard());
      Numbers.writeUnsigned(clock.source(), out);
      Numbers.writeUnsigned(clock.sources(), out);
      out.writeLong(clock.watermark());
    }
  }

  @Override
  public Ingested read(DataInput in, int version) throws IOException {
    int kind = in.readByte();
    int shard = in.readByte();
    return switch (kind) {
      case EVENT -> new EventReading(shard, readEvent(in), null);
      case EVENT_WITH_BYTES -> new EventReading(shard, readEvent(in), Bytes.read(in));
      case CLOCK ->
          new ClockReading(
              shard, (int) Numbers.readUnsigned(in), (int) Numbers.readUnsigned(in), in.readLong());
      default -> throw new IOException("no ingested message of kind " + kind);
    };
  }

  private ShopEvent readEvent(DataInput in) throws IOException {
    return events.read(in, events.version());
  }
}
