package io.tillstream.operators.wire;

import java.util.Arrays;

/**
 * How far all senders together have come, from readings that each of them sends in-band: the
 * smallest reading of those that do not sit out. Flink's own watermarks would jump to the largest
 * when all inputs fall idle; this one stays.
 */
public final class Frontier {
  /** The reading of a sender that holds nobody back for now. */
  public static final long SITTING_OUT = Long.MAX_VALUE;

  private static final long UNHEARD = Long.MIN_VALUE;

  private long[] readings = new long[0];

  /**
   * Takes a reading.
   *
   * @param sender 0..senders-1
   * @param senders how many there are; all must have been heard before the frontier moves
   * @param reading above {@link Long#MIN_VALUE}; {@link #SITTING_OUT} if the sender does not count
   *     for now
   */
  public void read(int sender, int senders, long reading) {
    if (readings.length != senders) {
      readings = new long[senders];
      Arrays.fill(readings, UNHEARD);
    }
    readings[sender] = reading;
  }

  /**
   * The frontier: {@link Long#MIN_VALUE} while a sender was not heard yet, {@link #SITTING_OUT} if
   * all sit out.
   */
  public long value() {
    if (readings.length == 0) {
      return UNHEARD;
    }
    long min = SITTING_OUT;
    for (long reading : readings) {
      min = Math.min(min, reading);
    }
    return min;
  }
}
