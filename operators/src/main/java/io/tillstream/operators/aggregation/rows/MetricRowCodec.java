package io.tillstream.operators.aggregation.rows;

import io.tillstream.operators.figures.Dimension;
import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.operators.figures.Stock;
import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The wire format of {@link MetricRow}. */
public final class MetricRowCodec implements Codec<MetricRow> {
  private static final int DIMENSION = 0b111;
  private static final int FINAL = 1 << 3;
  private static final int STOCK = 1 << 4;

  @Override
  public void write(MetricRow value, DataOutput out) throws IOException {
    int head = value.row().dimension().code();
    head |= value.isFinal() ? FINAL : 0;
    head |= value.stock() == null ? 0 : STOCK;
    out.writeByte(head);
    Texts.write(value.row().key(), out);
    out.writeLong(value.windowStart());
    Numbers.writeUnsigned(value.windowEnd() - value.windowStart(), out);
    value.figures().write(out);
    Texts.write(value.category(), out);
    if (value.stock() != null) {
      Numbers.writeUnsigned(value.stock().available(), out);
      out.writeLong(value.stock().at());
    }
    Texts.write(value.aggregator(), out);
    out.writeLong(value.version());
    out.writeLong(value.writer());
    out.writeLong(value.oldestNewRecordAt());
    out.writeLong(value.emittedAt());
  }

  @Override
  public MetricRow read(DataInput in, int version) throws IOException {
    int head = in.readUnsignedByte();
    RowKey row = new RowKey(Dimension.ofCode(head & DIMENSION), Texts.read(in));
    long start = in.readLong();
    long end = start + Numbers.readUnsigned(in);
    Figures figures = Figures.read(in);
    String category = Texts.read(in);
    Stock stock =
        (head & STOCK) != 0 ? new Stock((int) Numbers.readUnsigned(in), in.readLong()) : null;
    return new MetricRow(
        row,
        start,
        end,
        figures,
        category,
        stock,
        Texts.read(in),
        in.readLong(),
        in.readLong(),
        (head & FINAL) != 0,
        in.readLong(),
        in.readLong());
  }
}
