package io.tillstream.operators.alerting.webhooks;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The wire and state format of {@link Delivery}. */
public final class DeliveryCodec implements Codec<Delivery> {

  @Override
  public void write(Delivery delivery, DataOutput out) throws IOException {
    Texts.write(delivery.webhookId(), out);
    Texts.write(delivery.destination(), out);
    Numbers.writeUnsigned(delivery.body().length, out);
    out.write(delivery.body());
    Texts.write(delivery.alertId(), out);
    out.writeBoolean(delivery.byHand());
  }

  @Override
  public Delivery read(DataInput in, int version) throws IOException {
    String webhookId = Texts.read(in);
    String destination = Texts.read(in);
    byte[] body = new byte[Math.toIntExact(Numbers.readUnsigned(in))];
    in.readFully(body);
    return new Delivery(webhookId, destination, body, Texts.read(in), in.readBoolean());
  }
}
