package io.tillstream.dashboard.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One message of the topic {@code agent-status}: what one subtask of an agent's part says.
 *
 * @param incarnation tells one life of the part from the next, 0 if it does not say
 * @param note why its state is what it is, or empty
 */
public record Report(
    String agent,
    String part,
    int subtask,
    int parallelism,
    long incarnation,
    String state,
    Instant since,
    Instant at,
    String note,
    double errorRate,
    Map<String, Long> counts,
    Map<String, Double> indicators) {

  /** Empty for anything that is no such report: status must not fall over a stranger's message. */
  public static Optional<Report> parse(JsonNode tree) {
    if (tree == null || !tree.path("agent").isTextual()) {
      return Optional.empty();
    }
    Instant at = instant(tree.path("at"));
    if (at == null) {
      return Optional.empty();
    }
    Instant since = instant(tree.path("since"));
    Map<String, Long> counts = new HashMap<>();
    for (Map.Entry<String, JsonNode> count : tree.path("counts").properties()) {
      counts.put(count.getKey(), count.getValue().asLong());
    }
    Map<String, Double> indicators = new HashMap<>();
    for (Map.Entry<String, JsonNode> one : tree.path("indicators").properties()) {
      if (one.getValue().isNumber()) {
        indicators.put(one.getKey(), one.getValue().asDouble());
      }
    }
    return Optional.of(
        new Report(
            tree.path("agent").asText(),
            tree.path("part").asText(""),
            tree.path("subtask").asInt(),
            Math.max(1, tree.path("parallelism").asInt(1)),
            tree.path("incarnation").asLong(),
            tree.path("state").asText("running"),
            since == null ? at : since,
            at,
            tree.path("note").asText(""),
            tree.path("error_rate").asDouble(),
            counts,
            indicators));
  }

  private static Instant instant(JsonNode value) {
    if (value.isIntegralNumber()) {
      return Instant.ofEpochMilli(value.asLong());
    }
    try {
      return value.isTextual() ? Instant.parse(value.asText()) : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
