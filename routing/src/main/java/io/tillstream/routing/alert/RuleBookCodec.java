package io.tillstream.routing.alert;

import io.tillstream.routing.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The format of {@link RuleBook}, its JSON as text. */
public final class RuleBookCodec implements Codec<RuleBook> {

  @Override
  public void write(RuleBook value, DataOutput out) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public RuleBook read(DataInput in, int version) throws IOException {
    throw new UnsupportedOperationException();
  }
}
