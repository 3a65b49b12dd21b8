package io.tillstream.operators.orchestration;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Texts;
import io.tillstream.routing.event.ErrorClass;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The wire format of {@link RejectedControl}. */
public final class RejectedControlCodec implements Codec<RejectedControl> {
  private static final ControlMessageCodec MESSAGE = new ControlMessageCodec();

  @Override
  public void write(RejectedControl rejected, DataOutput out) throws IOException {
    MESSAGE.write(rejected.message(), out);
    Texts.write(rejected.errorClass().name(), out); // a stable word of the contract
    Texts.write(rejected.error(), out);
  }

  @Override
  public RejectedControl read(DataInput in, int version) throws IOException {
    return new RejectedControl(
        MESSAGE.read(in, 1), ErrorClass.valueOf(Texts.read(in)), Texts.read(in));
  }
}
