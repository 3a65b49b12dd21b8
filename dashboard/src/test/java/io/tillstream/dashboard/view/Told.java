package io.tillstream.dashboard.view;

import io.tillstream.dashboard.view.Message.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Messages for tests, written with single quotes. */
public final class Told {
  public static final long START = Instant.parse("2026-11-24T04:00:00Z").toEpochMilli();

  private Told() {}

  public static Message message(Topic topic, String json) {
    byte[] value = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return new Message(topic, START + 60_000, value);
  }

  public static Message row(String dimension, String key, int minute, int version, String rest) {
    return message(
        Topic.SHOP_METRICS,
        "{'dimension':'%s','key':'%s','window_start':'%s','window_end':'%s','version':%d%s}"
            .formatted(
                dimension,
                key,
                Instant.ofEpochMilli(START + minute * 60_000L),
                Instant.ofEpochMilli(START + (minute + 1) * 60_000L),
                version,
                rest.isEmpty() ? "" : "," + rest));
  }

  public static Message shop(int minute, int version, int views, String oldest) {
    return row(
        "shop",
        "all",
        minute,
        version,
        "'views':%d,'oldest_new_record_at':'%s'".formatted(views, oldest));
  }

  public static Message stock(String item, int minute, int version, int available, int second) {
    return row(
        "product",
        item,
        minute,
        version,
        "'available':%d,'available_at':'%s'"
            .formatted(available, Instant.ofEpochMilli(START + minute * 60_000L + second * 1000L)));
  }

  public static Message alert(String id, int sequence, String status, String raised) {
    return message(
        Topic.SHOP_ALERTS,
        ("{'alert_id':'%s','rule_id':'low-stock','status':'%s','dimension':'product','key':'SKU1',"
                + "'metric':'available','value':%d,'threshold':10,'severity':'warning',"
                + "'raised_at':'%s','sequence':%d,'shadow':false}")
            .formatted(id, status, 5 - sequence, raised, sequence));
  }
}
