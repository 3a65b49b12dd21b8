package io.tillstream.it;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.local.layout.Json;
import io.tillstream.local.topics.EventSender;
import io.tillstream.local.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** Single events and commands, sent by hand. */
final class ShopDesk {
  private ShopDesk() {}

  /** A view of the product by an anonymous visitor. */
  static void view(Shop shop, String product, Instant time) {
    ObjectNode event = event("view_item", product, time);
    send(shop, Topics.SHOP_EVENTS, event);
  }

  /** An anonymous purchase of one piece, for 9.99 USD. */
  static void purchase(Shop shop, String product, Instant time) {
    ObjectNode event = event("purchase", product, time);
    event.put("transaction_id", "T-" + product);
    event.put("currency", "USD");
    ((ObjectNode) event.path("items").get(0)).put("price", "9.99");
    send(shop, Topics.SHOP_EVENTS, event);
  }

  /** What is left of the product. */
  static void stock(Shop shop, String product, int available, Instant time) {
    ObjectNode event = event("inventory_update", product, time);
    ((ObjectNode) event.path("items").get(0)).put("available", available);
    send(shop, Topics.SHOP_EVENTS, event);
  }

  /** A command for the enrichment's route, without waiting for anybody to take it. */
  static void command(Shop shop, String mode) {
    ObjectNode command = Json.MAPPER.createObjectNode();
    command.put("command_id", UUID.randomUUID().toString());
    command.put("type", "route");
    command.put("route", "enrichment");
    command.put("mode", mode);
    command.put("by", "test");
    send(shop, Topics.CONTROL, command);
  }

  private static ObjectNode event(String type, String product, Instant time) {
    ObjectNode event = Json.MAPPER.createObjectNode();
    event.put("event_id", UUID.randomUUID().toString());
    event.put("event_type", type);
    event.put("event_time", time.toString());
    event.putArray("items").addObject().put("item_id", product);
    return event;
  }

  private static void send(Shop shop, String topic, ObjectNode value) {
    try (EventSender sender = new EventSender(shop.at().kafka(), topic)) {
      sender.send(value.toString().getBytes(StandardCharsets.UTF_8));
      sender.flush();
    }
  }
}
