package io.tillstream.it;

import io.tillstream.local.data.traffic.DirtyRecord;
import io.tillstream.local.data.traffic.DirtyRecords;
import io.tillstream.local.data.traffic.TrafficGenerator;
import io.tillstream.local.data.traffic.TrafficOptions;
import io.tillstream.local.topics.EventSender;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Ten minutes of a made shop: 300,000 records with duplicates, disorder and dirt, every kind of bad
 * record once more with a key and headers of its own, and stragglers.
 */
final class MadeShop {
  static final int RECORDS = 300_000;
  static final int STRAGGLERS = 40;
  static final TrafficOptions TRAFFIC = new TrafficOptions(42, 500, 2_000, 5_000, 0.02, 0.005);
  static final String KEY = "bad-";

  /** The key of a record without any value. */
  static final String TOMBSTONE = "tombstone";

  static final String TRACE = "traceparent";

  /** The event time of the first record, and of the last. */
  static final Instant OPENS = Instant.parse("2026-01-05T09:00:30Z");

  static final Instant CLOSES = OPENS.plusMillis(RECORDS * 1000L / TRAFFIC.rate());

  private MadeShop() {}

  /** Every kind of bad record, the large ones last. */
  static List<DirtyRecord> bad() {
    List<DirtyRecord> all = new ArrayList<>(DirtyRecords.all());
    all.addAll(DirtyRecords.large());
    return all;
  }

  static void open(EventSender sender) {
    TrafficGenerator traffic = new TrafficGenerator(TRAFFIC);
    for (long i = 0; i < RECORDS; i++) {
      sender.send(traffic.next(OPENS.toEpochMilli() + i * 1000 / TRAFFIC.rate()));
    }
    List<DirtyRecord> bad = bad();
    for (int i = 0; i < bad.size(); i++) {
      List<Header> headers = List.of(new RecordHeader(TRACE, bytes(bad.get(i).name())));
      sender.send(bytes(KEY + i), bad.get(i).bytes(), headers);
    }
    sender.send(bytes(TOMBSTONE), null, null);
    sender.flush();
  }

  /**
   * To be sent when all else went through: views 40 s behind, which still correct their window, and
   * views 200 s behind, which are late. Each late one comes twice: it left a trace, so the second
   * is a duplicate.
   */
  static void straggle(EventSender sender) {
    for (int i = 0; i < STRAGGLERS; i++) {
      sender.send(view("correction-" + i, CLOSES.minusSeconds(40)));
      byte[] late = view("late-" + i, CLOSES.minusSeconds(200));
      sender.send(late);
      sender.send(late);
    }
    sender.flush();
  }

  private static byte[] view(String id, Instant time) {
    return bytes(
        String.format(
            Locale.ROOT,
            "{\"event_id\":\"%s\",\"event_type\":\"view_item\",\"event_time\":\"%s\","
                + "\"items\":[{\"item_id\":\"SKU-00003\"}]}",
            id,
            time));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
