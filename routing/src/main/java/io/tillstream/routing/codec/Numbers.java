package io.tillstream.routing.codec;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Numbers of variable length (LEB128; signed ones zigzag, as in Protocol Buffers): most are small.
 */
public final class Numbers {

  private Numbers() {}

  /** Writes any long, taken as unsigned, in 1 to 10 bytes. */
  public static void writeUnsigned(long value, DataOutput out) throws IOException {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  /**
   * Reads what {@link #writeUnsigned} wrote.
   *
   * @throws IOException if the number does not end within 10 bytes
   */
  public static long readUnsigned(DataInput in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      byte b = in.readByte();
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IOException("a number of more than 10 bytes");
  }

  /** Writes a signed long in 1 to 10 bytes. */
  public static void writeSigned(long value, DataOutput out) throws IOException {
    writeUnsigned((value << 1) ^ (value >> 63), out);
  }

  /** Reads what {@link #writeSigned} wrote. */
  public static long readSigned(DataInput in) throws IOException {
    long raw = readUnsigned(in);
    return (raw >>> 1) ^ -(raw & 1);
  }
}
