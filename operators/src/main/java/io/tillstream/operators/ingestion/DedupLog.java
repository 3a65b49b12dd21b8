package io.tillstream.operators.ingestion;

import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What a shard has seen since the last barrier, as chunks of bytes: one a minute of expiry, so that
 * state is dropped by the minute.
 *
 * <p>A chunk is a format byte, then for each sighting the id in 16 bytes and the event time, as a
 * variable-length distance to the minute: about 19 bytes each.
 */
final class DedupLog {
  static final long MINUTE_MS = 60_000;
  private static final byte FORMAT = 1;
  private static final int FIRST_SIZE = 256;
  private static final int LONGEST = 2 * Long.BYTES + 10;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final Int2ObjectOpenHashMap<Chunk> chunks = new Int2ObjectOpenHashMap<>();
  private Chunk last;

  /** Takes chunks. */
  @FunctionalInterface
  interface Sink {
    void accept(int minute, byte[] chunk) throws Exception;
  }

  /** Takes sightings. */
  @FunctionalInterface
  interface Reader {
    void accept(long high, long low, long time);
  }

  private static final class Chunk {
    private final int minute;
    private byte[] bytes = new byte[FIRST_SIZE];
    private int size;

    Chunk(int minute) {
      this.minute = minute;
      bytes[size++] = FORMAT;
    }

    void append(long high, long low, long time) {
      if (bytes.length - size < LONGEST) {
        bytes = Arrays.copyOf(bytes, bytes.length * 2);
      }
      LONGS.set(bytes, size, high);
      LONGS.set(bytes, size + Long.BYTES, low);
      size += 2 * Long.BYTES;
      long distance = time - minute * MINUTE_MS;
      long rest = (distance << 1) ^ (distance >> 63);
      while ((rest & ~0x7FL) != 0) {
        bytes[size++] = (byte) (rest & 0x7F | 0x80);
        rest >>>= 7;
      }
      bytes[size++] = (byte) rest;
    }
  }

  void append(int minute, long high, long low, long time) {
    Chunk chunk = last;
    if (chunk == null || chunk.minute != minute) {
      chunk = chunks.get(minute);
      if (chunk == null) {
        chunk = new Chunk(minute);
        chunks.put(minute, chunk);
      }
      last = chunk;
    }
    chunk.append(high, low, time);
  }

  /** Forgets the minutes before {@code minute}: so the log is bounded also without barriers. */
  void dropBefore(int minute) {
    chunks.int2ObjectEntrySet().removeIf(entry -> entry.getIntKey() < minute);
    last = null;
  }

  /** Hands over what was logged and begins anew. */
  void drain(Sink sink) throws Exception {
    for (Chunk chunk : chunks.values()) {
      sink.accept(chunk.minute, Arrays.copyOf(chunk.bytes, chunk.size));
    }
    chunks.clear();
    last = null;
  }

  long bytes() {
    long bytes = 0;
    for (Chunk chunk : chunks.values()) {
      bytes += chunk.bytes.length;
    }
    return bytes;
  }

  /**
   * Reads a chunk of {@code minute}.
   *
   * @throws IllegalStateException if a newer version wrote it
   */
  static void read(int minute, byte[] chunk, Reader reader) {
    if (chunk[0] != FORMAT) {
      throw new IllegalStateException("the dedup state has the unknown format " + chunk[0]);
    }
    int at = 1;
    while (at < chunk.length) {
      long high = (long) LONGS.get(chunk, at);
      long low = (long) LONGS.get(chunk, at + Long.BYTES);
      at += 2 * Long.BYTES;
      long raw = 0;
      int shift = 0;
      byte b;
      do {
        b = chunk[at++];
        raw |= (long) (b & 0x7F) << shift;
        shift += 7;
      } while (b < 0);
      long distance = (raw >>> 1) ^ -(raw & 1);
      reader.accept(high, low, distance + minute * MINUTE_MS);
    }
  }
}
