package io.tillstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tillstream.it.WebhookReceiver.Told;
import io.tillstream.it.oracle.RawRecord;
import io.tillstream.local.layout.Json;
import io.tillstream.local.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Products that run low, each once, and who was told of it. */
final class LowStock {
  private static final String RULE = "runs-low";
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Shop shop;
  private final WebhookReceiver receiver;
  private final List<String> products = new ArrayList<>();

  private LowStock(Shop shop, WebhookReceiver receiver) {
    this.shop = shop;
    this.receiver = receiver;
  }

  /** Has the receiver told whenever there are less than 10 of a product, until there are 12. */
  static LowStock tell(Shop shop, WebhookReceiver receiver) throws Exception {
    ArrayNode rules = Json.MAPPER.createArrayNode();
    rules
        .addObject()
        .put("rule_id", RULE)
        .put("description", "less than 10 of a product")
        .put("dimension", "product")
        .put("key", "*")
        .put("metric", "available")
        .put("comparison", "lt")
        .put("threshold", 10)
        .put("clear_threshold", 12)
        .put("hold", "PT0S")
        .put("cooldown", "PT1S")
        .put("severity", "critical")
        .put("webhook", receiver.url());
    Path file = Files.writeString(shop.run().path().resolve("rules.json"), rules.toString());
    Cli.Result applied = Cli.run(shop.run(), "rules", "apply", file.toString());
    assertThat(applied.exit()).as(applied.err()).isZero();
    return new LowStock(shop, receiver);
  }

  /** So many further products run low, right now. */
  void runLow(int count) {
    for (int i = 0; i < count; i++) {
      String product = "LOW-" + products.size();
      products.add(product);
      ShopDesk.stock(shop, product, 3, Instant.now());
    }
  }

  /** Every product is there in plenty again. */
  void refill() {
    products.forEach(product -> ShopDesk.stock(shop, product, 50, Instant.now()));
  }

  /** Waits until the receiver was told so of every product. */
  void awaitTold(String status) {
    Await.value(
        "the receiver was told " + status + " of " + products.size() + " products",
        SOON,
        () -> {
          Set<String> missing = new HashSet<>(products);
          receiver.told().stream()
              .filter(told -> told.status().equals(status))
              .forEach(told -> missing.remove(told.key()));
          return missing;
        },
        Set::isEmpty);
  }

  /** One episode for each product, in the topic and at the receiver, however often it was told. */
  void requireOneEpisodeEach() throws IOException {
    Map<String, Set<String>> published = new HashMap<>();
    for (RawRecord record : shop.read(Topics.SHOP_ALERTS)) {
      JsonNode alert = Json.MAPPER.readTree(record.value());
      if (alert.path("rule_id").asText().equals(RULE)
          && products.contains(alert.path("key").asText())) {
        published
            .computeIfAbsent(alert.path("key").asText(), any -> new HashSet<>())
            .add(alert.path("alert_id").asText());
      }
    }
    // The made shop's products run low too, again and again.
    List<Told> told = receiver.told().stream().filter(one -> products.contains(one.key())).toList();
    Map<String, Set<String>> ids = new HashMap<>();
    for (Told one : told) {
      assertThat(one.signed()).as("the signature of %s", one).isTrue();
      assertThat(published.get(one.key()))
          .as("published alerts of %s", one.key())
          .containsExactly(one.body().path("alert_id").asText());
      ids.computeIfAbsent(one.key() + " " + one.status(), any -> new HashSet<>()).add(one.id());
    }
    assertThat(published.keySet()).containsExactlyInAnyOrderElementsOf(products);
    ids.forEach((what, few) -> assertThat(few).as("webhook-ids of %s", what).hasSize(1));
    Figures.say(
        "alerts: %d products ran low and were refilled; %d webhooks of them, %d of these repeats with"
            + " the same webhook-id; %d webhooks in all",
        products.size(), told.size(), told.size() - ids.size(), receiver.told().size());
  }
}
