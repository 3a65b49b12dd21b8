package io.tillstream.operators.aggregation.trending;

import io.tillstream.routing.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The state format of {@link TrendPane}. */
public final class TrendPaneCodec implements Codec<TrendPane> {

  @Override
  public void write(TrendPane value, DataOutput out) throws IOException {
    TrendCount.writeAll(value.counts(), out);
  }

  @Override
  public TrendPane read(DataInput in, int version) throws IOException {
    return new TrendPane(TrendCount.readAll(in));
  }
}
