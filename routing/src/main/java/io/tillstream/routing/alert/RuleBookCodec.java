package io.tillstream.routing.alert;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The format of {@link RuleBook}: its version, then its rules as JSON. */
public final class RuleBookCodec implements Codec<RuleBook> {

  @Override
  public void write(RuleBook value, DataOutput out) throws IOException {
    byte[] json = RuleJson.array(value.rules());
    Numbers.writeUnsigned(value.version(), out);
    Numbers.writeUnsigned(json.length, out);
    out.write(json);
  }

  @Override
  public RuleBook read(DataInput in, int version) throws IOException {
    long bookVersion = Numbers.readUnsigned(in);
    byte[] json = new byte[(int) Numbers.readUnsigned(in)];
    in.readFully(json);
    try {
      return new RuleBook(bookVersion, RuleReader.read(json));
    } catch (RuleException e) {
      throw new IOException("stored rules are not to be read: " + e.getMessage(), e);
    }
  }
}
