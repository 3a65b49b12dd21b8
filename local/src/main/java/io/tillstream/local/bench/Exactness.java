package io.tillstream.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.local.board.Rows;
import io.tillstream.local.layout.Json;
import io.tillstream.local.process.StackException;
import io.tillstream.local.process.Wait;
import io.tillstream.local.topics.TopicReader;
import io.tillstream.local.topics.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whether the shop's published rows equal what their input adds up to, to the cent, and nothing
 * stayed degraded.
 */
final class Exactness {
  private static final Duration SETTLED = Duration.ofSeconds(60);
  private static final byte[] SHOP = "shop|".getBytes(StandardCharsets.US_ASCII);

  private final String kafka;
  private final Expected expected;

  Exactness(String kafka, Expected expected) {
    this.kafka = kafka;
    this.expected = expected;
  }

  /** Everything that is in the input topic now becomes what is expected. */
  static Expected ofTopic(String kafka) {
    Expected expected = new Expected(Integer.MAX_VALUE);
    try (TopicReader reader = new TopicReader(kafka)) {
      reader.readAll(
          Topics.SHOP_EVENTS,
          record -> {
            try {
              expected.add(record.value());
            } catch (IOException e) {
              throw new StackException("made traffic is no JSON: " + e.getMessage(), e);
            }
          });
    }
    return expected;
  }

  /** Waits for the last rows, which go out after the last record was counted, and for repairs. */
  void awaitSettled() {
    try {
      Wait.until(SETTLED, "the last rows are out", () -> difference().isEmpty());
    } catch (StackException never) {
      // Told by whoever checks after the last run.
    }
  }

  /** Whether it is exact; tells in one line if it is not. */
  boolean check(Consumer<String> progress) {
    Optional<String> difference = difference();
    difference.ifPresent(words -> progress.accept("the result is NOT exact: " + words));
    return difference.isEmpty();
  }

  private Optional<String> difference() {
    Rows rows = new Rows();
    try (TopicReader reader = new TopicReader(kafka)) {
      reader.readAll(
          Topics.SHOP_METRICS,
          record -> {
            // Most rows are a product's: they are told by their key, without parsing them.
            if (record.value() != null && isShop(record.key())) {
              rows.add(tree(record.value()));
            }
          });
    }
    Rows.Figures total = rows.shopTotal();
    return expected
        .difference(total)
        .or(
            () ->
                total.count("degraded") == 0
                    ? Optional.empty()
                    : Optional.of("degraded: " + total.count("degraded") + " instead of 0"));
  }

  private static boolean isShop(byte[] key) {
    return key != null
        && key.length >= SHOP.length
        && Arrays.equals(key, 0, SHOP.length, SHOP, 0, SHOP.length);
  }

  private static JsonNode tree(byte[] value) {
    try {
      return Json.MAPPER.readTree(value);
    } catch (IOException notJson) {
      return Json.MAPPER.nullNode();
    }
  }
}
