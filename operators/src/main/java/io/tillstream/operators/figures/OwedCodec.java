package io.tillstream.operators.figures;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The wire format of {@link Owed}. */
public final class OwedCodec implements Codec<Owed> {

  @Override
  public void write(Owed value, DataOutput out) throws IOException {
    Texts.write(value.itemId(), out);
    writeKey(value.key(), out);
    value.figures().write(out);
  }

  @Override
  public Owed read(DataInput in, int version) throws IOException {
    return new Owed(Texts.read(in), readKey(in), Figures.read(in));
  }

  private static void writeKey(Owed.Key key, DataOutput out) throws IOException {
    out.writeBoolean(key.backup());
    out.writeLong(key.windowStart());
    out.writeBoolean(key.sale());
    Texts.write(key.userId(), out);
    Texts.write(key.category(), out);
    Texts.write(key.segment(), out);
  }

  private static Owed.Key readKey(DataInput in) throws IOException {
    return new Owed.Key(
        in.readBoolean(),
        in.readLong(),
        in.readBoolean(),
        Texts.read(in),
        Texts.read(in),
        Texts.read(in));
  }

  /** The state format of {@link Owed.Key}. */
  public static final class KeyCodec implements Codec<Owed.Key> {

    @Override
    public void write(Owed.Key value, DataOutput out) throws IOException {
      writeKey(value, out);
    }

    @Override
    public Owed.Key read(DataInput in, int version) throws IOException {
      return readKey(in);
    }
  }
}
