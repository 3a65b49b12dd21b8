package io.tillstream.operators.figures;

/**
 * A change of one row in one window.
 *
 * @param row which row
 * @param windowStart the window's start in epoch milliseconds
 * @param figures what to add
 * @param category a product row's category as the look-up had it; null if none was needed, or on
 *     other rows. {@link RowKey#UNKNOWN} also while there was no answer
 * @param categoryAnswered whether {@code category} is an answer: an answer replaces a missing one,
 *     never the reverse
 * @param stock the newest stock, or null
 * @param events how many events of the ledger this accounts for: each event counts once, with its
 *     first line's product
 * @param oldestRecordTime the oldest Kafka timestamp in it in epoch milliseconds; {@link
 *     Long#MAX_VALUE} if it holds no new record, as a repair does
 * @param trend views and units by second, for product rows; null if none
 */
public record Delta(
    RowKey row,
    long windowStart,
    Figures figures,
    String category,
    boolean categoryAnswered,
    Stock stock,
    long events,
    long oldestRecordTime,
    Trend trend)
    implements Contribution {

  /** A change of a row's figures and nothing else. */
  public static Delta of(RowKey row, long windowStart, Figures figures, long oldestRecordTime) {
    return new Delta(row, windowStart, figures, null, false, null, 0, oldestRecordTime, null);
  }

  @Override
  public String target() {
    return row.text();
  }
}
