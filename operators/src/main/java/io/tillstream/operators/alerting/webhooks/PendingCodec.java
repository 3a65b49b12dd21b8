package io.tillstream.operators.alerting.webhooks;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The state format of {@link Pending}, as {@link Pending#kept} makes it. */
public final class PendingCodec implements Codec<Pending> {
  private static final DeliveryCodec DELIVERY = new DeliveryCodec();

  @Override
  public void write(Pending pending, DataOutput out) throws IOException {
    DELIVERY.write(pending.delivery(), out);
    Numbers.writeUnsigned(pending.failed(), out);
    Numbers.writeUnsigned(pending.dueAt(), out);
    Numbers.writeUnsigned(pending.since(), out);
  }

  @Override
  public Pending read(DataInput in, int version) throws IOException {
    return new Pending(
        DELIVERY.read(in, version),
        (int) Numbers.readUnsigned(in),
        Numbers.readUnsigned(in),
        Numbers.readUnsigned(in));
  }
}
