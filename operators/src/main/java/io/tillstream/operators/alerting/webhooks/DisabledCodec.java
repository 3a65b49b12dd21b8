package io.tillstream.operators.alerting.webhooks;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The state format of {@link Disabled}. */
public final class DisabledCodec implements Codec<Disabled> {

  @Override
  public void write(Disabled disabled, DataOutput out) throws IOException {
    Texts.write(disabled.destination(), out);
    Numbers.writeUnsigned(disabled.since(), out);
  }

  @Override
  public Disabled read(DataInput in, int version) throws IOException {
    return new Disabled(Texts.read(in), Numbers.readUnsigned(in));
  }
}
