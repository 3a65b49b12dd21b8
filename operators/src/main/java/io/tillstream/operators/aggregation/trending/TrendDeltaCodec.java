package io.tillstream.operators.aggregation.trending;

import io.tillstream.operators.figures.Trend;
import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The wire format of {@link TrendDelta}: seconds as differences, most of them one byte. */
public final class TrendDeltaCodec implements Codec<TrendDelta> {

  @Override
  public void write(TrendDelta value, DataOutput out) throws IOException {
    Texts.write(value.itemId(), out);
    Trend trend = value.trend();
    int size = trend.seconds().length;
    Numbers.writeUnsigned(size, out);
    long before = 0;
    for (int i = 0; i < size; i++) {
      Numbers.writeSigned(trend.seconds()[i] - before, out);
      before = trend.seconds()[i];
      Numbers.writeSigned(trend.views()[i], out);
      Numbers.writeSigned(trend.units()[i], out);
    }
  }

  @Override
  public TrendDelta read(DataInput in, int version) throws IOException {
    String itemId = Texts.read(in);
    int size = (int) Numbers.readUnsigned(in);
    long[] seconds = new long[size];
    int[] views = new int[size];
    long[] units = new long[size];
    long before = 0;
    for (int i = 0; i < size; i++) {
      before += Numbers.readSigned(in);
      seconds[i] = before;
      views[i] = (int) Numbers.readSigned(in);
      units[i] = Numbers.readSigned(in);
    }
    return new TrendDelta(itemId, new Trend(seconds, views, units));
  }
}
