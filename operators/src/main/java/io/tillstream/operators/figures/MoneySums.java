package io.tillstream.operators.figures;

import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Exact sums of money by currency, in millionths, without an upper bound. A currency that ever took
 * part stays, also at zero: a row whose order was taken back says 0.00, not nothing.
 */
public final class MoneySums {
  private TreeMap<String, BigInteger> micros; // null while empty: most rows never see money

  /** Adds {@code amountMicros} millionths of {@code currency}; negative takes away. */
  public void add(String currency, long amountMicros) {
    add(currency, BigInteger.valueOf(amountMicros));
  }

  private void add(String currency, BigInteger amount) {
    if (micros == null) {
      micros = new TreeMap<>();
    }
    micros.merge(currency, amount, BigInteger::add);
  }

  /** Adds all of {@code other}; {@code sign} is 1, or -1 to take it away. */
  public void add(MoneySums other, int sign) {
    if (other.micros != null) {
      other.micros.forEach(
          (currency, amount) -> add(currency, sign < 0 ? amount.negate() : amount));
    }
  }

  /** The sums by currency in millionths, in the order of the currencies' codes. */
  public Map<String, BigInteger> micros() {
    return micros == null ? Map.of() : Collections.unmodifiableMap(micros);
  }

  /** Whether every sum is zero. */
  public boolean isZero() {
    return micros == null || micros.values().stream().allMatch(sum -> sum.signum() == 0);
  }

  void write(DataOutput out) throws IOException {
    Numbers.writeUnsigned(micros == null ? 0 : micros.size(), out);
    if (micros != null) {
      for (Map.Entry<String, BigInteger> sum : micros.entrySet()) {
        Texts.write(sum.getKey(), out);
        byte[] bytes = sum.getValue().toByteArray();
        Numbers.writeUnsigned(bytes.length, out);
        out.write(bytes);
      }
    }
  }

  static MoneySums read(DataInput in) throws IOException {
    MoneySums sums = new MoneySums();
    for (long left = Numbers.readUnsigned(in); left > 0; left--) {
      String currency = Texts.read(in);
      byte[] bytes = new byte[(int) Numbers.readUnsigned(in)];
      in.readFully(bytes);
      sums.add(currency, new BigInteger(bytes));
    }
    return sums;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MoneySums that && micros().equals(that.micros());
  }

  @Override
  public int hashCode() {
    return micros().hashCode();
  }

  @Override
  public String toString() {
    return micros().toString();
  }
}
