package io.tillstream.operators.aggregation.sums;

import io.tillstream.routing.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The state format of {@link Ledger}. */
public final class LedgerCodec implements Codec<Ledger> {

  @Override
  public void write(Ledger value, DataOutput out) throws IOException {
    out.writeLong(value.aggregated());
    out.writeLong(value.degradedOpen());
  }

  @Override
  public Ledger read(DataInput in, int version) throws IOException {
    return new Ledger(in.readLong(), in.readLong());
  }
}
