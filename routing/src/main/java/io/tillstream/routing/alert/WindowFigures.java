package io.tillstream.routing.alert;

import io.tillstream.routing.json.JsonRecordException;

/**
 * One aggregator's row of one window, as alerts see it.
 *
 * @param windowStart in epoch milliseconds
 * @param windowEnd exclusive
 * @param version higher than that of every earlier row of this key, window and aggregator
 * @param emittedAt when it was published, in epoch milliseconds; nothing is judged by it
 */
public record WindowFigures(
    String dimension,
    String key,
    long windowStart,
    long windowEnd,
    String aggregator,
    long version,
    boolean isFinal,
    long emittedAt,
    WindowNumbers numbers) {

  /**
   * Reads a record of {@code shop-metrics}.
   *
   * @throws JsonRecordException naming the field, if it is none
   */
  public static WindowFigures ofJson(byte[] value) throws JsonRecordException {
    throw new UnsupportedOperationException();
  }
}
