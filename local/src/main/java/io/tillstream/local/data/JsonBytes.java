package io.tillstream.local.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * A growing buffer of UTF-8 bytes with the few things a JSON line needs. Written by hand because
 * traffic is made faster than it can be consumed, and used again for each line. Not thread-safe.
 */
public final class JsonBytes {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final long MILLIS_OF_DAY = 86_400_000L;

  private byte[] bytes = new byte[1024];
  private int length;
  private long dayWritten = Long.MIN_VALUE;
  private byte[] dayText = {};

  /** Forgets what was written. */
  public JsonBytes reset() {
    length = 0;
    return this;
  }

  /** Bytes that are already what should stand there. */
  public JsonBytes raw(byte[] text) {
    ensure(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
    return this;
  }

  /** Text that is already JSON, of ASCII characters only. */
  public JsonBytes ascii(String text) {
    int n = text.length();
    ensure(n);
    for (int i = 0; i < n; i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
    return this;
  }

  /** A JSON string: quoted and escaped. Unpaired surrogates become U+FFFD. */
  public JsonBytes string(String text) {
    ensure(2 + 6 * text.length());
    bytes[length++] = '"';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        bytes[length++] = '\\';
        bytes[length++] = (byte) c;
      } else if (c < 0x20) {
        ascii("\\u00");
        bytes[length++] = HEX[c >> 4];
        bytes[length++] = HEX[c & 15];
      } else if (c < 0x80) {
        bytes[length++] = (byte) c;
      } else if (c < 0x800) {
        bytes[length++] = (byte) (0xC0 | (c >> 6));
        bytes[length++] = (byte) (0x80 | (c & 0x3F));
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        bytes[length++] = (byte) (0xF0 | (point >> 18));
        bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3F));
        bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        bytes[length++] = (byte) (0x80 | (point & 0x3F));
      } else {
        threeBytes(Character.isSurrogate(c) ? '\uFFFD' : c);
      }
    }
    bytes[length++] = '"';
    return this;
  }

  private void threeBytes(char c) {
    bytes[length++] = (byte) (0xE0 | (c >> 12));
    bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
    bytes[length++] = (byte) (0x80 | (c & 0x3F));
  }

  /** A whole number, not negative. */
  public JsonBytes number(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return padded(value, digits);
  }

  /** A whole number, not negative, its last {@code width} digits with leading zeros. */
  public JsonBytes padded(long value, int width) {
    ensure(width);
    long rest = value;
    for (int i = length + width - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += width;
    return this;
  }

  /** {@code unscaled / 10^scale}, not negative, with exactly {@code scale} decimals (0..6). */
  public JsonBytes decimal(long unscaled, int scale) {
    if (scale == 0) {
      return number(unscaled);
    }
    long unit = 1;
    for (int i = 0; i < scale; i++) {
      unit *= 10;
    }
    number(unscaled / unit);
    one('.');
    return padded(unscaled % unit, scale);
  }

  /** An instant in UTC to the millisecond, without its offset: {@code 2026-11-24T03:59:00.123}. */
  public JsonBytes localTime(long epochMillis) {
    long day = Math.floorDiv(epochMillis, MILLIS_OF_DAY);
    int ofDay = (int) Math.floorMod(epochMillis, MILLIS_OF_DAY);
    if (day != dayWritten) {
      dayWritten = day;
      dayText = LocalDate.ofEpochDay(day).toString().getBytes(StandardCharsets.US_ASCII);
    }
    raw(dayText).one('T').padded(ofDay / 3_600_000, 2);
    one(':').padded(ofDay / 60_000 % 60, 2);
    one(':').padded(ofDay / 1000 % 60, 2);
    return one('.').padded(ofDay % 1000, 3);
  }

  /** The 36 characters of a UUID. */
  public JsonBytes uuid(long high, long low) {
    return hex(high >>> 32, 8)
        .one('-')
        .hex(high >>> 16, 4)
        .one('-')
        .hex(high, 4)
        .one('-')
        .hex(low >>> 48, 4)
        .one('-')
        .hex(low, 12);
  }

  /** The lowest {@code digits} hexadecimal digits. */
  public JsonBytes hex(long value, int digits) {
    ensure(digits);
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(int) (value >>> shift) & 15];
    }
    return this;
  }

  /** One ASCII character. */
  public JsonBytes one(char c) {
    ensure(1);
    bytes[length++] = (byte) c;
    return this;
  }

  /** How many bytes stand in the buffer. */
  public int length() {
    return length;
  }

  /** A copy of what was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Writes the line out and a line feed after it. */
  public void writeLine(OutputStream out) throws IOException {
    one('\n');
    out.write(bytes, 0, length);
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
