package io.tillstream.routing.codec;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Strings in binary: a length, then Latin-1 where it suffices (one copy, no loop over characters),
 * else UTF-8. {@code writeUTF} goes character by character and ends at 64 KiB; ids are short and
 * nearly always ASCII.
 */
public final class Texts {
  private static final int NULL = 0;

  private Texts() {}

  /** Writes {@code text}, which may be null and holds no unpaired surrogate. */
  public static void write(String text, DataOutput out) throws IOException {
    if (text == null) {
      Numbers.writeUnsigned(NULL, out);
      return;
    }
    boolean latin = isLatin(text);
    byte[] bytes = text.getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    // Lowest bit: the charset; the rest: length + 1, so that 0 stays free for null.
    Numbers.writeUnsigned(((bytes.length + 1L) << 1) | (latin ? 0 : 1), out);
    out.write(bytes);
  }

  /** Reads what {@link #write} wrote. */
  public static String read(DataInput in) throws IOException {
    long head = Numbers.readUnsigned(in);
    if (head == NULL) {
      return null;
    }
    byte[] bytes = new byte[(int) (head >>> 1) - 1];
    in.readFully(bytes);
    return new String(
        bytes, (head & 1) == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  private static boolean isLatin(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        return false;
      }
    }
    return true;
  }
}
