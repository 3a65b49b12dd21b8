package io.tillstream.operators.alerting.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.routing.codec.Codec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CodecsTest {
  private static final Delivery DELIVERY =
      new Delivery("ä.1", "https://a.example/", new byte[] {1, -2, 0}, "ä", true);

  private static <T> T roundTrip(Codec<T> codec, T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(value, new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    T read = codec.read(in, codec.version());
    assertThat(in.read()).as("all is read").isEqualTo(-1);
    return read;
  }

  @Test
  void readWhatTheyWrite() throws IOException {
    assertThat(roundTrip(new DeliveryCodec(), DELIVERY))
        .usingRecursiveComparison()
        .isEqualTo(DELIVERY);
    Pending pending = new Pending(DELIVERY, 3, 1_500, 60_000);
    assertThat(roundTrip(new PendingCodec(), pending))
        .usingRecursiveComparison()
        .isEqualTo(pending);
    Disabled disabled = new Disabled("https://a.example/", 1_795_492_800_000L);
    assertThat(roundTrip(new DisabledCodec(), disabled)).isEqualTo(disabled);
  }
}
