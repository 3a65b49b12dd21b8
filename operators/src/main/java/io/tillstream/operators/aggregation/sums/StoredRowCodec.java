package io.tillstream.operators.aggregation.sums;

import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.Stock;
import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The state format of {@link StoredRow}. */
public final class StoredRowCodec implements Codec<StoredRow> {
  private static final int ANSWERED = 1;
  private static final int STOCK = 1 << 1;
  private static final int FINAL = 1 << 2;

  @Override
  public void write(StoredRow value, DataOutput out) throws IOException {
    int head = value.categoryAnswered() ? ANSWERED : 0;
    head |= value.stock() == null ? 0 : STOCK;
    head |= value.finalPublished() ? FINAL : 0;
    out.writeByte(head);
    value.figures().write(out);
    Texts.write(value.category(), out);
    if (value.stock() != null) {
      Numbers.writeUnsigned(value.stock().available(), out);
      out.writeLong(value.stock().at());
    }
  }

  @Override
  public StoredRow read(DataInput in, int version) throws IOException {
    int head = in.readUnsignedByte();
    Figures figures = Figures.read(in);
    String category = Texts.read(in);
    Stock stock =
        (head & STOCK) != 0 ? new Stock((int) Numbers.readUnsigned(in), in.readLong()) : null;
    return new StoredRow(figures, category, (head & ANSWERED) != 0, stock, (head & FINAL) != 0);
  }
}
