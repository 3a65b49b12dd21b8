package io.tillstream.operators.aggregation.carts;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The state format of {@link CartHistory}: signals as differences, most of them two bytes. */
public final class CartHistoryCodec implements Codec<CartHistory> {

  @Override
  public void write(CartHistory value, DataOutput out) throws IOException {
    out.writeLong(value.base());
    out.writeLong(value.counted());
    out.writeLong(value.timer());
    long[] signals = value.signals();
    Numbers.writeUnsigned(signals.length, out);
    long before = 0;
    for (long signal : signals) {
      Numbers.writeSigned(signal - before, out);
      before = signal;
    }
  }

  @Override
  public CartHistory read(DataInput in, int version) throws IOException {
    long base = in.readLong();
    long counted = in.readLong();
    long timer = in.readLong();
    long[] signals = new long[(int) Numbers.readUnsigned(in)];
    long before = 0;
    for (int i = 0; i < signals.length; i++) {
      before += Numbers.readSigned(in);
      signals[i] = before;
    }
    return new CartHistory(base, counted, timer, signals);
  }
}
