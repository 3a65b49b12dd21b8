package io.tillstream.routing.codec;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The binary format of one type, on the wire between operators and in checkpointed state.
 *
 * <p>An implementation is stateless and has a public constructor without arguments, because a
 * savepoint names it by its class. What it wrote once it must read for ever: a changed format gets
 * a higher {@link #version()} and {@link #read} goes on understanding the older ones.
 *
 * @param <T> an immutable type
 */
public interface Codec<T> {

  /** The version that {@link #write} writes, from 1. */
  default int version() {
    return 1;
  }

  /** Writes {@code value} in the format of {@link #version()}. */
  void write(T value, DataOutput out) throws IOException;

  /**
   * Reads a value.
   *
   * @param version the version that wrote it, 1 to {@link #version()}
   */
  T read(DataInput in, int version) throws IOException;
}
