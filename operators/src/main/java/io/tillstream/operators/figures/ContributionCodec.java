package io.tillstream.operators.figures;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The wire format of {@link Contribution}. */
public final class ContributionCodec implements Codec<Contribution> {
  private static final int CLOCK = 0;
  private static final int DIMENSION = 0b111;
  private static final int CATEGORY = 1 << 3;
  private static final int ANSWERED = 1 << 4;
  private static final int STOCK = 1 << 5;
  private static final int TREND = 1 << 6;

  @Override
  public void write(Contribution value, DataOutput out) throws IOException {
    if (value instanceof OwedClock clock) {
      out.writeByte(CLOCK);
      Texts.write(clock.target(), out);
      Numbers.writeUnsigned(clock.sender(), out);
      Numbers.writeUnsigned(clock.senders(), out);
      out.writeLong(clock.oldestWindow());
    } else {
      writeDelta((Delta) value, out);
    }
  }

  @Override
  public Contribution read(DataInput in, int version) throws IOException {
    int head = in.readUnsignedByte();
    if (head == CLOCK) {
      return new OwedClock(
          Texts.read(in),
          (int) Numbers.readUnsigned(in),
          (int) Numbers.readUnsigned(in),
          in.readLong());
    }
    return readDelta(head, in);
  }

  private static void writeDelta(Delta delta, DataOutput out) throws IOException {
    int head = delta.row().dimension().code();
    head |= delta.category() == null ? 0 : CATEGORY;
    head |= delta.categoryAnswered() ? ANSWERED : 0;
    head |= delta.stock() == null ? 0 : STOCK;
    head |= delta.trend() == null ? 0 : TREND;
    out.writeByte(head);
    Texts.write(delta.row().key(), out);
    out.writeLong(delta.windowStart());
    delta.figures().write(out);
    if (delta.category() != null) {
      Texts.write(delta.category(), out);
    }
    if (delta.stock() != null) {
      Numbers.writeUnsigned(delta.stock().available(), out);
      out.writeLong(delta.stock().at());
    }
    Numbers.writeUnsigned(delta.events(), out);
    out.writeLong(delta.oldestRecordTime());
    if (delta.trend() != null) {
      writeTrend(delta.trend(), out);
    }
  }

  private static Delta readDelta(int head, DataInput in) throws IOException {
    RowKey row = new RowKey(Dimension.ofCode(head & DIMENSION), Texts.read(in));
    long windowStart = in.readLong();
    Figures figures = Figures.read(in);
    String category = (head & CATEGORY) != 0 ? Texts.read(in) : null;
    Stock stock =
        (head & STOCK) != 0 ? new Stock((int) Numbers.readUnsigned(in), in.readLong()) : null;
    long events = Numbers.readUnsigned(in);
    long oldest = in.readLong();
    Trend trend = (head & TREND) != 0 ? readTrend(in) : null;
    return new Delta(
        row, windowStart, figures, category, (head & ANSWERED) != 0, stock, events, oldest, trend);
  }

  private static void writeTrend(Trend trend, DataOutput out) throws IOException {
    int size = trend.seconds().length;
    Numbers.writeUnsigned(size, out);
    for (int i = 0; i < size; i++) {
      Numbers.writeUnsigned(trend.seconds()[i], out);
      Numbers.writeUnsigned(trend.views()[i], out);
      Numbers.writeUnsigned(trend.units()[i], out);
    }
  }

  private static Trend readTrend(DataInput in) throws IOException {
    int size = (int) Numbers.readUnsigned(in);
    long[] seconds = new long[size];
    int[] views = new int[size];
    long[] units = new long[size];
    for (int i = 0; i < size; i++) {
      seconds[i] = Numbers.readUnsigned(in);
      views[i] = (int) Numbers.readUnsigned(in);
      units[i] = Numbers.readUnsigned(in);
    }
    return new Trend(seconds, views, units);
  }
}
