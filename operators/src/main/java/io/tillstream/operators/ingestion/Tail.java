package io.tillstream.operators.ingestion;

import java.util.OptionalLong;

/**
 * What is known of the end of one partition: Kafka's end offset, and, once that has stood still for
 * a while, where the records before it end.
 */
final class Tail {
  private static final int STILL = 4;
  private static final int AGAIN = 10;

  private long end = -1;
  private long endOfRecords;
  private boolean known;
  private int unchanged;
  private int probeAt;

  /** Takes Kafka's end offset; tells where the records end, as far as it is known. */
  long take(long kafkasEnd) {
    if (kafkasEnd != end) {
      end = kafkasEnd;
      known = false;
      unchanged = 0;
      probeAt = STILL;
    } else {
      unchanged++;
    }
    return known ? endOfRecords : end;
  }

  /** Whether it is time to look for the last record. */
  boolean wantsProbe() {
    return !known && unchanged >= probeAt;
  }

  /** What looking for the last record before the end offset found; empty if it could not tell. */
  void probed(OptionalLong found) {
    probeAt = unchanged + AGAIN;
    if (found.isPresent()) {
      known = true;
      endOfRecords = found.getAsLong();
    }
  }
}
