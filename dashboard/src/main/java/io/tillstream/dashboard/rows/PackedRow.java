package io.tillstream.dashboard.rows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/**
 * A row in some fifty bytes, so that hundreds of thousands fit a small heap. Its dimension, key,
 * window, category and aggregator are known where it is kept; when its newest record came is not
 * kept.
 */
final class PackedRow {
  private static final int USUAL_BYTES = 96;

  private PackedRow() {}

  static byte[] pack(Row row) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(row.version());
      boolean emitted = row.emittedAt() != Row.NONE;
      out.writeByte((row.isFinal() ? 1 : 0) | (row.stock() != null ? 2 : 0) | (emitted ? 4 : 0));
      number(row.windowEnd() - row.windowStart(), out);
      if (emitted) {
        number(row.emittedAt() - row.windowStart(), out);
      }
      if (row.stock() != null) {
        number(row.stock().available(), out);
        number(row.stock().at() - row.windowStart(), out);
      }
      for (int i = 0; i < Figures.SIZE; i++) {
        number(row.figures().get(i), out);
      }
      money(row.revenue(), out);
      money(row.refunds(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array does not fail
    }
    return bytes.toByteArray();
  }

  static long version(byte[] packed) {
    long version = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      version = version << 8 | packed[i] & 0xff;
    }
    return version;
  }

  /** Only its stock, or null: it stands near the beginning. */
  static Stock stock(byte[] packed, long start) {
    int flags = packed[Long.BYTES];
    if ((flags & 2) == 0) {
      return null;
    }
    int skipped = Long.BYTES + 1;
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(packed, skipped, packed.length - skipped))) {
      number(in); // the window's length
      if ((flags & 4) != 0) {
        number(in);
      }
      return new Stock(number(in), start + number(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Row unpack(
      byte[] packed, String dimension, String key, long start, String category, String by) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(packed))) {
      final long version = in.readLong();
      final int flags = in.readByte();
      final long end = start + number(in);
      final long emitted = (flags & 4) == 0 ? Row.NONE : start + number(in);
      final Stock stock = (flags & 2) == 0 ? null : new Stock(number(in), start + number(in));
      long[] counts = new long[Figures.SIZE];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = number(in);
      }
      Money revenue = money(in);
      Money refunds = money(in);
      return new Row(
          dimension,
          key,
          start,
          end,
          new Figures(counts),
          revenue,
          refunds,
          stock,
          category,
          by,
          version,
          (flags & 1) != 0,
          Row.NONE,
          emitted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void money(Money money, DataOutputStream out) throws IOException {
    number(money.sums().size(), out);
    for (Map.Entry<String, BigDecimal> amount : money.sums().entrySet()) {
      out.writeUTF(amount.getKey());
      byte[] digits = amount.getValue().unscaledValue().toByteArray();
      out.writeByte(amount.getValue().scale());
      out.writeByte(digits.length);
      out.write(digits);
    }
  }

  private static Money money(DataInputStream in) throws IOException {
    long currencies = number(in);
    if (currencies == 0) {
      return Money.NONE;
    }
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (long i = 0; i < currencies; i++) {
      String currency = in.readUTF();
      int scale = in.readByte();
      sums.put(currency, new BigDecimal(new BigInteger(in.readNBytes(in.readByte())), scale));
    }
    return new Money(sums);
  }

  // Zigzag, seven bits a byte: small numbers of either sign are short.
  private static void number(long value, DataOutputStream out) throws IOException {
    long rest = value << 1 ^ value >> 63;
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  private static long number(DataInputStream in) throws IOException {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int part = in.readUnsignedByte();
      value |= (long) (part & 0x7f) << shift;
      if (part < 0x80) {
        return value >>> 1 ^ -(value & 1);
      }
    }
  }
}
