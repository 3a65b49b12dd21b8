package io.tillstream.operators.aggregation.carts;

import io.tillstream.operators.figures.CartSignal;
import io.tillstream.routing.event.Id128;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.java.functions.KeySelector;

/**
 * The key of a visit: its 16 bytes as characters. A string, because its hash, which picks the key
 * group, is fixed by the Java language; that of a record is not.
 */
final class SessionKey implements KeySelector<CartSignal, String> {
  private static final long serialVersionUID = 1L;

  @Override
  public String getKey(CartSignal signal) {
    return of(signal.session());
  }

  static String of(Id128 session) {
    byte[] bytes = ByteBuffer.allocate(16).putLong(session.high()).putLong(session.low()).array();
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
