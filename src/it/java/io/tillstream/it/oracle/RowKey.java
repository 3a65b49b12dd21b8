package io.tillstream.it.oracle;

import java.time.Instant;

/** Which row: window start in milliseconds. */
record RowKey(String dimension, String key, long windowStart) {
  @Override
  public String toString() {
    return dimension + "|" + key + "|" + Instant.ofEpochMilli(windowStart);
  }
}
