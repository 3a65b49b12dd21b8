package io.tillstream.routing.event;

import java.util.UUID;
import net.openhft.hashing.LongTupleHashFunction;

/**
 * An identity in 128 bits: a canonical lower-case UUID's own bits, else the XXH128 hash of the
 * text. Two different texts share one with a chance of about 2^-128 a pair: at a billion ids in
 * memory, below 10^-20.
 *
 * @param high the upper half
 * @param low the lower half
 */
public record Id128(long high, long low) {
  private static final LongTupleHashFunction XXH128 = LongTupleHashFunction.xx128();
  private static final int UUID_LENGTH = 36;
  private static final int UUID_HALF = 18;

  /** The identity of {@code text}, which may have any length. */
  public static Id128 of(String text) {
    if (text.length() == UUID_LENGTH && isCanonicalUuid(text)) {
      UUID uuid = UUID.fromString(text);
      return new Id128(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }
    long[] hash = new long[2];
    XXH128.hashChars(text, hash);
    return new Id128(hash[0], hash[1]);
  }

  /** The identity of a text that lies in a buffer: the same as that of the string. */
  public static Id128 of(char[] chars, int offset, int length) {
    if (length == UUID_LENGTH) {
      long upper = 0;
      long lower = 0;
      int i = 0;
      for (; i < UUID_LENGTH; i++) {
        char c = chars[offset + i];
        if (isDash(i)) {
          if (c != '-') {
            break;
          }
          continue;
        }
        int digit = digit(c);
        if (digit < 0) {
          break;
        }
        if (i < UUID_HALF) {
          upper = upper << 4 | digit;
        } else {
          lower = lower << 4 | digit;
        }
      }
      if (i == UUID_LENGTH) {
        return new Id128(upper, lower);
      }
    }
    long[] hash = new long[2];
    XXH128.hashChars(chars, offset, length, hash);
    return new Id128(hash[0], hash[1]);
  }

  /**
   * 64 well-mixed bits (the finaliser of MurmurHash3 over both halves): crafted ids must not pile
   * up in a table.
   */
  public long mixed() {
    long h = high * 0x9E3779B97F4A7C15L ^ low;
    h ^= h >>> 33;
    h *= 0xFF51AFD7ED558CCDL;
    h ^= h >>> 33;
    h *= 0xC4CEB9FE1A85EC53L;
    return h ^ (h >>> 33);
  }

  // Only lower case with dashes in place: another spelling of the same UUID is another id to the
  // contract.
  private static boolean isCanonicalUuid(String text) {
    for (int i = 0; i < UUID_LENGTH; i++) {
      char c = text.charAt(i);
      if (isDash(i) ? c != '-' : digit(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }

  private static boolean isDash(int i) {
    return i == 8 || i == 13 || i == 18 || i == 23;
  }
}
