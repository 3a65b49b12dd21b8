package io.tillstream.routing.event;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The wire format of {@link ShopEvent}: a view of one product takes about 50 bytes. */
public final class ShopEventCodec implements Codec<ShopEvent> {
  private static final int USER = 1 << 3;
  private static final int SESSION = 1 << 4;
  private static final int CURRENCY = 1 << 5;
  private static final int ONE_LINE = 1 << 6;
  private static final int TYPE = 0b111;

  @Override
  public void write(ShopEvent event, DataOutput out) throws IOException {
    int head = event.type().code();
    head |= event.userId() == null ? 0 : USER;
    head |= event.session() == null ? 0 : SESSION;
    head |= event.currency() == null ? 0 : CURRENCY;
    List<EventLine> lines = event.lines();
    head |= lines.size() == 1 ? ONE_LINE : 0;
    out.writeByte(head);
    out.writeLong(event.id().high());
    out.writeLong(event.id().low());
    out.writeLong(event.eventTime());
    Numbers.writeSigned(event.recordTime() - event.eventTime(), out);
    if (event.userId() != null) {
      Texts.write(event.userId(), out);
    }
    if (event.session() != null) {
      out.writeLong(event.session().high());
      out.writeLong(event.session().low());
    }
    if (event.currency() != null) {
      Texts.write(event.currency(), out);
    }
    if (lines.size() != 1) {
      Numbers.writeUnsigned(lines.size(), out);
    }
    for (int i = 0; i < lines.size(); i++) {
      writeLine(lines.get(i), out);
    }
    Numbers.writeUnsigned(event.partition(), out);
    Numbers.writeUnsigned(event.offset(), out);
  }

  @Override
  public ShopEvent read(DataInput in, int version) throws IOException {
    int head = in.readByte();
    Id128 id = new Id128(in.readLong(), in.readLong());
    long eventTime = in.readLong();
    long recordTime = eventTime + Numbers.readSigned(in);
    String userId = (head & USER) != 0 ? Texts.read(in) : null;
    Id128 session = (head & SESSION) != 0 ? new Id128(in.readLong(), in.readLong()) : null;
    String currency = (head & CURRENCY) != 0 ? Texts.read(in) : null;
    List<EventLine> lines;
    if ((head & ONE_LINE) != 0) {
      lines = List.of(readLine(in));
    } else {
      int size = (int) Numbers.readUnsigned(in);
      lines = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        lines.add(readLine(in));
      }
    }
    return new ShopEvent(
        id,
        EventType.ofCode(head & TYPE),
        eventTime,
        recordTime,
        userId,
        session,
        currency,
        lines,
        (int) Numbers.readUnsigned(in),
        Numbers.readUnsigned(in));
  }

  private static void writeLine(EventLine line, DataOutput out) throws IOException {
    Texts.write(line.itemId(), out);
    Numbers.writeUnsigned(line.quantity(), out);
    Numbers.writeUnsigned(line.amountMicros(), out);
    Numbers.writeSigned(line.available(), out);
  }

  private static EventLine readLine(DataInput in) throws IOException {
    return new EventLine(
        Texts.read(in),
        (int) Numbers.readUnsigned(in),
        Numbers.readUnsigned(in),
        (int) Numbers.readSigned(in));
  }
}
