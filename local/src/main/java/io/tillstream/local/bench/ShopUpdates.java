package io.tillstream.local.bench;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.LongConsumer;

/**
 * Finds, in a message of the dashboard, the age marks of the shop's rows. It looks for texts
 * instead of parsing: a hundred clients on the measured machine must cost next to nothing. Pure.
 */
final class ShopUpdates {
  private static final String CHANGES = "{\"type\":\"changes\"";
  private static final String SHOP = "\"shop\":[";
  private static final String MARK = "\"oldest_new_record_at\":\"";

  private ShopUpdates() {}

  /**
   * Tells the Kafka timestamp of the oldest record that each row update of the shop shows for the
   * first time. A snapshot tells nothing: what is in it may be old with good reason.
   *
   * @param message a JSON text of the dashboard's WebSocket
   * @param oldest takes milliseconds since 1970
   */
  static void in(String message, LongConsumer oldest) {
    int shop = message.startsWith(CHANGES) ? message.indexOf(SHOP) : -1;
    if (shop < 0) {
      return;
    }
    // A row holds objects but no list, and no text of anybody else's making.
    int end = message.indexOf(']', shop);
    int mark = message.indexOf(MARK, shop);
    while (mark >= 0 && mark < end) {
      int from = mark + MARK.length();
      int to = message.indexOf('"', from);
      if (to < 0) {
        return;
      }
      try {
        oldest.accept(Instant.parse(message.substring(from, to)).toEpochMilli());
      } catch (DateTimeParseException notATime) {
        return;
      }
      mark = message.indexOf(MARK, to);
    }
  }
}
