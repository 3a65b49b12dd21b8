package io.tillstream.routing.alert;

import io.tillstream.routing.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The format of {@link KeyMemory} in keyed state. */
public final class KeyMemoryCodec implements Codec<KeyMemory> {

  @Override
  public void write(KeyMemory value, DataOutput out) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public KeyMemory read(DataInput in, int version) throws IOException {
    throw new UnsupportedOperationException();
  }
}
