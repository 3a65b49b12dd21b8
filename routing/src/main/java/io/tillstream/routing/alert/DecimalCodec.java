package io.tillstream.routing.alert;

import io.tillstream.routing.codec.Numbers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Exact decimals in binary, null too: small whole ones, which most are, take two bytes. */
final class DecimalCodec {
  private static final int NULL = 0;
  private static final int SMALL = 63;

  private DecimalCodec() {}

  static void write(BigDecimal value, DataOutput out) throws IOException {
    if (value == null) {
      Numbers.writeUnsigned(NULL, out);
      return;
    }
    BigInteger unscaled = value.unscaledValue();
    boolean small = unscaled.bitLength() <= SMALL;
    // Lowest bit: whether it needs more than a long; the rest: the scale, zigzag, + 1.
    long scale = value.scale();
    long zigzag = (scale << 1) ^ (scale >> 63);
    Numbers.writeUnsigned(((zigzag + 1) << 1) | (small ? 0 : 1), out);
    if (small) {
      Numbers.writeSigned(unscaled.longValue(), out);
    } else {
      byte[] bytes = unscaled.toByteArray();
      Numbers.writeUnsigned(bytes.length, out);
      out.write(bytes);
    }
  }

  static BigDecimal read(DataInput in) throws IOException {
    long head = Numbers.readUnsigned(in);
    if (head == NULL) {
      return null;
    }
    long zigzag = (head >>> 1) - 1;
    int scale = (int) ((zigzag >>> 1) ^ -(zigzag & 1));
    if ((head & 1) == 0) {
      return BigDecimal.valueOf(Numbers.readSigned(in), scale);
    }
    byte[] bytes = new byte[(int) Numbers.readUnsigned(in)];
    in.readFully(bytes);
    return new BigDecimal(new BigInteger(bytes), scale);
  }
}
