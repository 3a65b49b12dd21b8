package io.tillstream.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.local.layout.Json;
import io.tillstream.local.webhook.Post;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Notes when the webhooks of raised alerts came, of those keys that are of interest. */
final class Arrivals implements Consumer<Post> {
  private final String prefix;
  private final Map<String, Long> first = new HashMap<>();
  private long repeated;
  private long unsigned;

  /**
   * @param prefix of the keys of interest
   */
  Arrivals(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public synchronized void accept(Post post) {
    JsonNode alert = alert(post.body());
    String key = alert.path("key").asText();
    if (!key.startsWith(prefix) || !alert.path("status").asText().equals("raised")) {
      return;
    }
    if (post.complaint() != null) {
      unsigned++;
    } else if (post.times() > 1) {
      repeated++;
    }
    first.putIfAbsent(key, post.at().toEpochMilli());
  }

  private static JsonNode alert(byte[] body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (IOException notJson) {
      return Json.MAPPER.nullNode();
    }
  }

  /** Milliseconds since 1970 at which the first webhook of each key arrived. */
  synchronized Map<String, Long> first() {
    return Map.copyOf(first);
  }

  synchronized int count() {
    return first.size();
  }

  synchronized long repeated() {
    return repeated;
  }

  synchronized long unsigned() {
    return unsigned;
  }
}
