package io.tillstream.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.it.oracle.RawRecord;
import io.tillstream.local.layout.Json;
import io.tillstream.local.topics.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What the orchestrator decided about one route, as it lies in {@code route-decisions}. */
record Decisions(List<JsonNode> all) {

  static Decisions of(Shop shop, String route) {
    List<JsonNode> all = new ArrayList<>();
    for (RawRecord record : shop.read(Topics.ROUTE_DECISIONS)) {
      JsonNode decision = json(record);
      if (decision.path("route").asText().equals(route)) {
        all.add(decision);
      }
    }
    return new Decisions(all);
  }

  /** Those made at that moment or after it. */
  Decisions since(Instant from) {
    return that(decision -> !at(decision).isBefore(from));
  }

  /** Those that lead elsewhere than before. */
  Decisions switches() {
    return that(decision -> !decision.path("from").asText().equals(decision.path("to").asText()));
  }

  Decisions that(Predicate<JsonNode> wanted) {
    return new Decisions(all.stream().filter(wanted).toList());
  }

  int count() {
    return all.size();
  }

  /** Where the route leads: to the primary before the first decision. */
  String active() {
    return all.isEmpty() ? "primary" : all.get(all.size() - 1).path("to").asText();
  }

  /** The last decision's epoch, 0 before the first. */
  long epoch() {
    return all.isEmpty() ? 0 : all.get(all.size() - 1).path("epoch").asLong();
  }

  /** Each in a line, with the seconds since that moment. */
  List<String> words(Instant since) {
    return all.stream()
        .map(
            decision ->
                String.format(
                    Locale.ROOT,
                    "%5.1f s  %s → %s  probing %s  epoch %s  %s",
                    seconds(since, decision),
                    decision.path("from").asText(),
                    decision.path("to").asText(),
                    decision.path("probe_share").asText(),
                    decision.path("epoch").asText(),
                    decision.path("reason").asText()))
        .toList();
  }

  /** Waits for the first switch to {@code primary} or {@code fallback} since that moment. */
  static JsonNode awaitSwitch(Shop shop, String route, String to, Instant since, Duration atMost) {
    return Await.value(
            route + " is switched to its " + to,
            atMost,
            () ->
                of(shop, route)
                    .since(since)
                    .switches()
                    .that(decision -> decision.path("to").asText().equals(to)),
            found -> found.count() > 0)
        .all
        .get(0);
  }

  /** Waits until the route leads there. */
  static void awaitActive(Shop shop, String route, String active, Duration atMost) {
    Await.value(
        route + " leads to its " + active, atMost, () -> of(shop, route).active(), active::equals);
  }

  static Instant at(JsonNode decision) {
    return Instant.parse(decision.path("at").asText());
  }

  /** Seconds from that moment to the decision. */
  static double seconds(Instant from, JsonNode decision) {
    return Duration.between(from, at(decision)).toMillis() / 1000.0;
  }

  private static JsonNode json(RawRecord record) {
    try {
      return Json.MAPPER.readTree(record.value());
    } catch (IOException e) {
      throw new AssertionError("a decision that is not JSON", e);
    }
  }
}
