package io.tillstream.local.data.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ProductEventsTest {
  private static final long NOW = 1_767_225_600_000L;
  private final ProductEvents events = new ProductEvents(9_989, 500, 3);

  @Test
  void eventsAreTheContracts() throws Exception {
    JsonNode order = tree(events.purchase(NOW));
    assertThat(order.path("event_type").asText()).isEqualTo("purchase");
    assertThat(order.path("transaction_id").asText()).isNotEmpty();
    assertThat(order.path("currency").asText()).isEqualTo("USD");
    assertThat(order.path("items").get(0).path("price").isNumber()).isTrue();
    JsonNode view = tree(events.view(NOW));
    assertThat(view.path("event_time").asLong()).isEqualTo(NOW);
    assertThat(view.path("event_id").asText()).isNotEqualTo(order.path("event_id").asText());
    assertThat(view.path("items").get(0).path("item_id").asText()).isEqualTo(events.itemId());
    JsonNode stock = tree(events.stock(NOW, 7));
    assertThat(stock.path("event_type").asText()).isEqualTo("inventory_update");
    assertThat(stock.path("items").get(0).path("available").asInt()).isEqualTo(7);
  }

  @Test
  void calmStockNeverRunsLow() throws Exception {
    TrafficGenerator traffic = new TrafficGenerator(TrafficOptions.of(5, 200).withCalmStock());
    int updates = 0;
    for (int i = 0; i < 5_000; i++) {
      JsonNode event = tree(traffic.next(NOW + 5 * i));
      if (event.path("event_type").asText().equals("inventory_update")) {
        updates++;
        event
            .path("items")
            .forEach(item -> assertThat(item.path("available").asInt()).isGreaterThan(20));
      }
    }
    assertThat(updates).isGreaterThan(50);
  }

  private static JsonNode tree(byte[] json) throws Exception {
    return new ObjectMapper().readTree(json);
  }
}
