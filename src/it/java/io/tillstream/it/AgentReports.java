package io.tillstream.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.local.layout.Json;
import io.tillstream.local.topics.TopicReader;
import io.tillstream.local.topics.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The newest report of every part of every agent, by subtask. */
record AgentReports(Map<String, JsonNode> newest) {
  /** Minutes of reports. */
  private static final long TAIL = 2_000;

  static AgentReports read(Shop shop) {
    Map<String, JsonNode> newest = new TreeMap<>();
    try (TopicReader reader = new TopicReader(shop.at().kafka())) {
      reader.readTail(
          Topics.AGENT_STATUS,
          TAIL,
          record -> {
            JsonNode report = json(record.value());
            String who =
                String.join(
                    "/",
                    report.path("agent").asText(),
                    report.path("part").asText(),
                    report.path("subtask").asText());
            newest.put(who, report);
          });
    }
    return new AgentReports(newest);
  }

  /** Every change of state of an agent's parts since that moment, in words, oldest first. */
  static List<String> changes(Shop shop, String agent, Instant since) {
    Map<String, String> states = new TreeMap<>();
    List<String> changes = new ArrayList<>();
    try (TopicReader reader = new TopicReader(shop.at().kafka())) {
      reader.readTail(
          Topics.AGENT_STATUS,
          TAIL,
          record -> {
            JsonNode report = json(record.value());
            if (!report.path("agent").asText().equals(agent)) {
              return;
            }
            String who = report.path("part").asText() + "/" + report.path("subtask").asText();
            String state = report.path("state").asText();
            String before = states.put(who, state);
            Instant at = Instant.parse(report.path("at").asText());
            if (!state.equals(before) && at.isAfter(since)) {
              changes.add(
                  String.format(
                      Locale.ROOT,
                      "%5.1f s  %s is %s  %s",
                      Duration.between(since, at).toMillis() / 1000.0,
                      who,
                      state,
                      report.path("note").asText("")));
            }
          });
    }
    return changes;
  }

  /** A count of an agent, added up over its parts and subtasks. */
  long count(String agent, String name) {
    return of(agent, "").stream().mapToLong(r -> r.path("counts").path(name).asLong()).sum();
  }

  /** The smallest route epoch that a subtask of that part has seen. */
  long epoch(String agent, String part) {
    return of(agent, part).stream().mapToLong(r -> r.path("epoch").asLong()).min().orElse(-1);
  }

  private List<JsonNode> of(String agent, String part) {
    return newest.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(agent + "/" + part))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static JsonNode json(byte[] value) {
    try {
      return Json.MAPPER.readTree(value);
    } catch (IOException e) {
      throw new AssertionError("a report that is not JSON", e);
    }
  }
}
