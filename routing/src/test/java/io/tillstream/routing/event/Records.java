package io.tillstream.routing.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Records for tests: good ones to start from, and ways to spoil them. */
final class Records {
  /** The Kafka timestamp of every record here. */
  static final long RECORD_TIME = Instant.parse("2026-11-24T04:00:00Z").toEpochMilli();

  static final String ID = "0b0e5a3a-6d3c-4f0e-9a55-0d6f1b0c7f11";

  static final String VIEW =
      """
      {"event_id":"0b0e5a3a-6d3c-4f0e-9a55-0d6f1b0c7f11","event_type":"view_item",\
      "event_time":"2026-11-24T03:59:41.250Z","items":[{"item_id":"SKU1"}]}""";

  static final String PURCHASE =
      """
      {"event_id":"e-1","event_type":"purchase","event_time":"2026-11-24T03:59:41.250Z",\
      "user_id":"u1","session_id":"s1","transaction_id":"T1","currency":"USD",\
      "items":[{"item_id":"SKU1","price":12.99,"quantity":2},{"item_id":"SKU2","price":"0.5"}]}""";

  static final String STOCK =
      """
      {"event_id":"e-2","event_type":"inventory_update","event_time":1795492781250,\
      "items":[{"item_id":"SKU1","available":7}]}""";

  private Records() {}

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** {@code record} with {@code part}, which must occur in it once, replaced. */
  static String with(String record, String part, String replacement) {
    int at = record.indexOf(part);
    if (at < 0 || record.indexOf(part, at + 1) >= 0) {
      throw new IllegalArgumentException(part + " must occur once in " + record);
    }
    return record.replace(part, replacement);
  }

  static Parsed parse(byte[] value) {
    return new EventParser(EventParser.Options.DEFAULT).parse(value, RECORD_TIME);
  }

  static Parsed parse(String value) {
    return parse(utf8(value));
  }

  static ShopEvent accepted(String value) {
    Parsed parsed = parse(value);
    if (parsed instanceof Parsed.Accepted accepted) {
      return accepted.event();
    }
    throw new AssertionError("refused: " + parsed);
  }
}
