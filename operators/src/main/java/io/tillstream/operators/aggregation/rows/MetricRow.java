package io.tillstream.operators.aggregation.rows;

import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.operators.figures.Stock;

/**
 * A row of numbers as published: absolute values of one row in one window.
 *
 * @param row which row
 * @param windowStart the window's start in epoch milliseconds
 * @param windowEnd the window's end, exclusive
 * @param figures the numbers; nobody changes them any more
 * @param category a product's category, {@link RowKey#UNKNOWN} while there is no answer; null where
 *     only stock is known, and on other rows
 * @param stock the newest stock within the window, or null
 * @param aggregator who summed
 * @param version higher than that of every earlier row of this key
 * @param writer the attempt that wrote it, to tell a lost process from its successor
 * @param isFinal whether the window is closed
 * @param oldestNewRecordAt the oldest Kafka timestamp this version shows for the first time, in
 *     epoch milliseconds; {@link #NO_NEW_RECORD} if it shows no new record
 * @param emittedAt when it was published, in epoch milliseconds
 */
public record MetricRow(
    RowKey row,
    long windowStart,
    long windowEnd,
    Figures figures,
    String category,
    Stock stock,
    String aggregator,
    long version,
    long writer,
    boolean isFinal,
    long oldestNewRecordAt,
    long emittedAt) {
  /** The {@link #oldestNewRecordAt} of a row that shows no new record. */
  public static final long NO_NEW_RECORD = Long.MAX_VALUE;
}
