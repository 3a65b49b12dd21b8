package io.tillstream.local.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A decision and for how long it was in force.
 *
 * @param decision as it lies in {@code route-decisions}
 * @param lasted until the next decision on the same route; empty while there is none
 */
public record PastDecision(JsonNode decision, Optional<Duration> lasted) {

  /**
   * Works out how long each was in force. Pure.
   *
   * @param decisions in the order of the topic; what is no decision is left out, and of the same
   *     decision written twice one
   */
  static List<PastDecision> of(List<JsonNode> decisions) {
    List<JsonNode> once = new ArrayList<>(new LinkedHashSet<>(decisions));
    once.removeIf(decision -> !decision.path("route").isTextual() || at(decision).isEmpty());
    Map<String, Instant> next = new HashMap<>();
    List<PastDecision> past = new ArrayList<>();
    for (int i = once.size() - 1; i >= 0; i--) {
      JsonNode decision = once.get(i);
      Instant from = at(decision).orElseThrow();
      Instant until = next.put(decision.path("route").asText(), from);
      past.add(
          0, new PastDecision(decision, Optional.ofNullable(until).map(end -> between(from, end))));
    }
    return past;
  }

  /** The decision with {@code lasted_ms}, null while it is in force. */
  public JsonNode json() {
    ObjectNode tree = decision.deepCopy();
    tree.put("lasted_ms", lasted.map(Duration::toMillis).orElse(null));
    return tree;
  }

  /** A clock that was set back makes no time negative. */
  private static Duration between(Instant from, Instant until) {
    Duration length = Duration.between(from, until);
    return length.isNegative() ? Duration.ZERO : length;
  }

  private static Optional<Instant> at(JsonNode decision) {
    try {
      return Optional.of(Instant.parse(decision.path("at").asText()));
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }
}
