package io.tillstream.routing.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A strict check of UTF-8. Jackson checks only the strings it decodes, and loosely; a record whose
 * skipped fields are broken is broken all the same.
 */
final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** Whether {@code bytes} are UTF-8: no overlong form, no surrogate, nothing above U+10FFFF. */
  static boolean isValid(byte[] bytes) {
    int i = firstBeyondAscii(bytes);
    while (i < bytes.length) {
      int length = sequence(bytes, i);
      if (length == 0) {
        return false;
      }
      i += length;
    }
    return true;
  }

  // Most records are plain ASCII: eight bytes a step.
  private static int firstBeyondAscii(byte[] bytes) {
    int i = 0;
    for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
      if (((long) LONGS.get(bytes, i) & HIGH_BITS) != 0) {
        break;
      }
    }
    while (i < bytes.length && bytes[i] >= 0) {
      i++;
    }
    return i;
  }

  /** The length of the character at {@code i}, 0 if there is none. */
  private static int sequence(byte[] bytes, int i) {
    int lead = bytes[i];
    if (lead >= 0) {
      return 1;
    }
    lead &= 0xFF;
    int second = i + 1 < bytes.length ? bytes[i + 1] & 0xFF : 0;
    if (lead >= 0xC2 && lead <= 0xDF) {
      return isTail(second) ? 2 : 0;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
      boolean fits =
          isTail(second)
              && (lead != 0xE0 || second >= 0xA0) // else overlong
              && (lead != 0xED || second < 0xA0) // else a surrogate
              && tailAt(bytes, i + 2);
      return fits ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
      boolean fits =
          isTail(second)
              && (lead != 0xF0 || second >= 0x90) // else overlong
              && (lead != 0xF4 || second < 0x90) // else above U+10FFFF
              && tailAt(bytes, i + 2)
              && tailAt(bytes, i + 3);
      return fits ? 4 : 0;
    }
    return 0;
  }

  private static boolean tailAt(byte[] bytes, int i) {
    return i < bytes.length && isTail(bytes[i] & 0xFF);
  }

  private static boolean isTail(int b) {
    return (b & 0xC0) == 0x80;
  }
}
