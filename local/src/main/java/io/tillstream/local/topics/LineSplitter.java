package io.tillstream.local.topics;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts bytes into lines at 0x0A and nowhere else. A carriage return stays, an empty line is an
 * empty array, a last line without 0x0A counts, and after a final 0x0A there is nothing.
 */
public final class LineSplitter implements Closeable {
  private static final int BUFFER = 1 << 18;
  private static final int MAX_LINE = Integer.MAX_VALUE - 16;

  private final InputStream in;
  private byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;
  private boolean ended;

  public LineSplitter(InputStream in) {
    this.in = in;
  }

  /** The next line without its 0x0A, or null at the end. */
  public byte[] next() throws IOException {
    int searched = from;
    while (true) {
      for (int at = searched; at < to; at++) {
        if (buffer[at] == '\n') {
          byte[] line = Arrays.copyOfRange(buffer, from, at);
          from = at + 1;
          return line;
        }
      }
      searched = to - from;
      if (ended || !fill()) {
        ended = true;
        if (from == to) {
          return null;
        }
        byte[] last = Arrays.copyOfRange(buffer, from, to);
        from = to;
        return last;
      }
      // fill() moved what was left to the front.
      searched += from;
    }
  }

  private boolean fill() throws IOException {
    int left = to - from;
    if (left == buffer.length) {
      if (buffer.length == MAX_LINE) {
        throw new IOException("a line is longer than 2 GiB");
      }
      int longer = (int) Math.min(MAX_LINE, buffer.length * 2L);
      buffer = Arrays.copyOf(buffer, longer);
    }
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, left);
      from = 0;
      to = left;
    }
    int read = in.read(buffer, to, buffer.length - to);
    if (read > 0) {
      to += read;
    }
    return read > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
