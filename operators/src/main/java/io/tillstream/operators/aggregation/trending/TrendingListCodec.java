package io.tillstream.operators.aggregation.trending;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The wire and state format of {@link TrendingList}. */
public final class TrendingListCodec implements Codec<TrendingList> {
  private static final int NO_RANK = 0;

  @Override
  public void write(TrendingList value, DataOutput out) throws IOException {
    Numbers.writeSigned(value.windowEnd(), out);
    Numbers.writeUnsigned(value.items().size(), out);
    for (TrendingItem item : value.items()) {
      Texts.write(item.itemId(), out);
      Texts.write(item.title(), out);
      Texts.write(item.category(), out);
      Numbers.writeSigned(item.views(), out);
      Numbers.writeSigned(item.units(), out);
      Numbers.writeUnsigned(item.rank(), out);
      Numbers.writeUnsigned(item.previousRank() == null ? NO_RANK : item.previousRank(), out);
    }
  }

  @Override
  public TrendingList read(DataInput in, int version) throws IOException {
    long windowEnd = Numbers.readSigned(in);
    int size = (int) Numbers.readUnsigned(in);
    List<TrendingItem> items = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      items.add(
          new TrendingItem(
              Texts.read(in),
              Texts.read(in),
              Texts.read(in),
              Numbers.readSigned(in),
              Numbers.readSigned(in),
              (int) Numbers.readUnsigned(in),
              rank((int) Numbers.readUnsigned(in))));
    }
    return new TrendingList(windowEnd, items);
  }

  private static Integer rank(int number) {
    return number == NO_RANK ? null : number;
  }
}
