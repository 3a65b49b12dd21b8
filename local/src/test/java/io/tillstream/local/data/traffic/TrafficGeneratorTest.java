package io.tillstream.local.data.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrafficGeneratorTest {
  private static final long START = 1_767_225_600_000L;
  private static final int RATE = 1000;
  private static final int COUNT = 60_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theSameSeedMakesTheSameBytes() {
    assertThat(lines(TrafficOptions.of(7, RATE), 5000))
        .isEqualTo(lines(TrafficOptions.of(7, RATE), 5000))
        .isNotEqualTo(lines(TrafficOptions.of(8, RATE), 5000));
  }

  @Test
  void looksLikeAShop() throws IOException {
    // At this rate there are few enough visitors for all of them to be past their beginnings.
    List<JsonNode> events = events(new TrafficOptions(42, 100, 1000, 500, 0, 0));
    assertThat(share(events, "view_item")).isCloseTo(0.75, within(0.02));
    assertThat(share(events, "add_to_cart")).isBetween(0.08, 0.14);
    assertThat(share(events, "remove_from_cart")).isBetween(0.005, 0.03);
    assertThat(share(events, "begin_checkout")).isBetween(0.03, 0.07);
    assertThat(share(events, "purchase")).isBetween(0.02, 0.06);
    assertThat(share(events, "refund")).isBetween(0.002, 0.01);
    assertThat(share(events, "inventory_update")).isCloseTo(0.035, within(0.005));
    Set<Integer> orderSizes = new HashSet<>();
    Set<String> currencies = new HashSet<>();
    int anonymous = 0;
    for (JsonNode event : events) {
      currencies.add(event.path("currency").asText("none"));
      anonymous += event.has("user_id") ? 0 : 1;
      if (event.path("event_type").asText().equals("purchase")) {
        orderSizes.add(event.path("items").size());
      }
    }
    assertThat(orderSizes).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    assertThat(currencies).containsExactlyInAnyOrder("none", "USD", "EUR", "JPY", "KWD");
    assertThat((double) anonymous / events.size()).isBetween(0.15, 0.3);
  }

  @Test
  void recordsAreAboutThreeHundredBytes() {
    List<String> lines = lines(options(0, 0), COUNT);
    double mean = lines.stream().mapToInt(String::length).average().orElseThrow();
    assertThat(mean).isBetween(270.0, 330.0);
  }

  @Test
  void eventsHappenUpToThreeSecondsBefore() throws IOException {
    TrafficGenerator traffic = new TrafficGenerator(options(0, 0));
    long most = 0;
    for (int i = 0; i < COUNT; i++) {
      long now = START + i;
      long lag = now - time(JSON.readTree(traffic.next(now)));
      assertThat(lag).isBetween(0L, 3000L);
      most = Math.max(most, lag);
    }
    assertThat(most).isGreaterThan(2900);
  }

  @Test
  void duplicatesAreTheSameBytesSoonAfter() {
    List<String> lines = lines(options(0.05, 0), COUNT);
    Map<String, Integer> first = new HashMap<>();
    List<Integer> distances = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Integer before = first.putIfAbsent(lines.get(i), i);
      if (before != null) {
        distances.add(i - before);
      }
    }
    assertThat((double) distances.size() / COUNT).isCloseTo(0.05, within(0.005));
    // A second and a half, and a little more where places were taken.
    assertThat(Collections.max(distances)).isBetween(RATE, 2 * RATE);
    assertThat(Collections.min(distances)).isLessThan(50);
  }

  @Test
  void eventIdsAreUuidsAndUniqueButForDuplicates() throws IOException {
    Set<String> ids = new HashSet<>();
    for (JsonNode event : events(options(0, 0))) {
      String id = event.path("event_id").asText();
      assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
      assertThat(ids.add(id)).isTrue();
    }
  }

  @Test
  void dirtIsSprinkledIn() {
    Set<String> kinds = new HashSet<>();
    DirtyRecords.all().forEach(kind -> kinds.add(text(kind.bytes())));
    List<String> lines = lines(options(0, 0.1), COUNT);
    long dirty = lines.stream().filter(kinds::contains).count();
    assertThat((double) dirty / COUNT).isCloseTo(0.1, within(0.01));
    assertThat(lines).containsAll(kinds);
  }

  @Test
  void aTinySlowShopWorksToo() {
    TrafficOptions tiny = new TrafficOptions(1, 1, 1, 1, 0.5, 0.5);
    assertThat(lines(tiny, 1000)).hasSize(1000);
  }

  @Test
  void optionsNameTheBound() {
    assertThatThrownBy(() -> new TrafficOptions(1, 0, 1, 1, 0, 0))
        .hasMessage("rate must be between 1 and 10000000, not 0");
    assertThatThrownBy(() -> new TrafficOptions(1, 1, 1, 1, 0.7, 0))
        .hasMessage("duplicates must be between 0 and 0.5, not 0.7");
    assertThatThrownBy(() -> new TrafficOptions(1, 1, 1, 1, 0, Double.NaN))
        .hasMessage("dirt must be between 0 and 1, not NaN");
  }

  private static TrafficOptions options(double duplicates, double dirt) {
    return new TrafficOptions(42, RATE, 1000, 500, duplicates, dirt);
  }

  private static List<String> lines(TrafficOptions options, int count) {
    TrafficGenerator traffic = new TrafficGenerator(options);
    List<String> lines = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      lines.add(text(traffic.next(START + i)));
    }
    assertThat(traffic.made()).isEqualTo(count);
    return lines;
  }

  private static List<JsonNode> events(TrafficOptions options) throws IOException {
    List<JsonNode> events = new ArrayList<>(COUNT);
    for (String line : lines(options, COUNT)) {
      events.add(JSON.readTree(line));
    }
    return events;
  }

  private static double share(List<JsonNode> events, String type) {
    return (double) events.stream().filter(e -> e.path("event_type").asText().equals(type)).count()
        / events.size();
  }

  private static long time(JsonNode event) {
    JsonNode time = event.path("event_time");
    return time.isNumber()
        ? time.longValue()
        : OffsetDateTime.parse(time.asText()).toInstant().toEpochMilli();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
