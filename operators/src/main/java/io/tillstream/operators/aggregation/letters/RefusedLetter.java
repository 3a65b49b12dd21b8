package io.tillstream.operators.aggregation.letters;

import io.tillstream.operators.aggregation.presum.Refused;
import io.tillstream.operators.ingestion.DeadLetter;
import io.tillstream.operators.ingestion.SourceMessage.RawRecord;
import io.tillstream.routing.event.ErrorClass;
import io.tillstream.routing.event.ShopEvent;
import java.util.List;

/** How a refused event becomes a dead letter. */
final class RefusedLetter {
  /** The stage in the letter: the last one that tried. */
  static final String STAGE = "backup-aggregation";

  private static final int LONGEST_CAUSE = 500;

  private RefusedLetter() {}

  /**
   * The letter.
   *
   * @param topic where the event came from
   * @param original what lies at its place there, or null if nothing does
   */
  static DeadLetter of(Refused refused, String topic, RawRecord original) {
    ShopEvent event = refused.event().event();
    // A topic made anew begins at 0 again: what lies there then is some other record.
    boolean found = original != null && original.timestamp() == event.recordTime();
    return new DeadLetter(
        topic,
        event.partition(),
        event.offset(),
        STAGE,
        ErrorClass.PROCESSING_FAILED,
        error(refused, found),
        found ? original.key() : null,
        found ? original.value() : null,
        found ? original.headers() : List.of());
  }

  private static String error(Refused refused, boolean found) {
    String error =
        "the backup aggregation gave up after "
            + refused.attempts()
            + (refused.attempts() == 1 ? " attempt: " : " attempts: ")
            + oneLine(refused.error());
    return found
        ? error
        : error + "; the original bytes are lost: the record is no longer in its topic";
  }

  private static String oneLine(String cause) {
    String whole = cause == null ? "" : cause.strip();
    if (whole.isEmpty()) {
      return "no cause was told";
    }
    int end = Math.min(whole.length(), LONGEST_CAUSE);
    if (Character.isHighSurrogate(whole.charAt(end - 1))) {
      end--; // not through the middle of a character
    }
    String line = whole.substring(0, end).replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ");
    return end == whole.length() ? line : line + "…";
  }
}
