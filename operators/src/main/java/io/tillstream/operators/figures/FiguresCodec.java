package io.tillstream.operators.figures;

import io.tillstream.routing.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The state format of {@link Figures}. */
public final class FiguresCodec implements Codec<Figures> {

  @Override
  public void write(Figures value, DataOutput out) throws IOException {
    value.write(out);
  }

  @Override
  public Figures read(DataInput in, int version) throws IOException {
    return Figures.read(in);
  }
}
