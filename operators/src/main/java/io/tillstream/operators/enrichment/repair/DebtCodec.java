package io.tillstream.operators.enrichment.repair;

import io.tillstream.operators.figures.Figures;
import io.tillstream.routing.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The state format of {@link Debt}. */
public final class DebtCodec implements Codec<Debt> {

  @Override
  public void write(Debt value, DataOutput out) throws IOException {
    out.writeLong(value.since());
    value.figures().write(out);
  }

  @Override
  public Debt read(DataInput in, int version) throws IOException {
    long since = in.readLong();
    return new Debt(Figures.read(in), since);
  }
}
