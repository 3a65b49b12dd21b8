package io.tillstream.routing.alert;

import io.tillstream.routing.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The format of {@link Alert} on the wire and in state. */
public final class AlertCodec implements Codec<Alert> {

  @Override
  public void write(Alert value, DataOutput out) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public Alert read(DataInput in, int version) throws IOException {
    throw new UnsupportedOperationException();
  }
}
