package io.tillstream.local.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.local.layout.Json;
import io.tillstream.local.process.StackException;
import io.tillstream.local.process.Wait;
import io.tillstream.local.topics.EventSender;
import io.tillstream.local.topics.TopicReader;
import io.tillstream.local.topics.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Switches routes by hand and reads what was decided. */
public final class RouteControl {
  private static final Duration TAKEN = Duration.ofSeconds(10);

  private final String bootstrap;
  private final Clock clock;

  public RouteControl(String bootstrap, Clock clock) {
    this.bootstrap = bootstrap;
    this.clock = clock;
  }

  /**
   * Sends a command and waits until the orchestrator's decision answers it.
   *
   * @param route {@code enrichment} or {@code aggregation}
   * @param mode {@code auto}, {@code primary}, {@code fallback} or {@code observe}
   * @param by who says so
   * @return the decision
   * @throws StackException if none came within 10 s
   */
  public JsonNode switchTo(String route, String mode, String by) {
    String id = UUID.randomUUID().toString();
    ObjectNode command = Json.MAPPER.createObjectNode();
    command.put("command_id", id);
    command.put("type", "route");
    command.put("route", route);
    command.put("mode", mode);
    command.put("by", by);
    command.put("at", clock.instant().toString());
    AtomicReference<JsonNode> answer = new AtomicReference<>();
    try (TopicReader decisions = new TopicReader(bootstrap)) {
      decisions.follow(Topics.ROUTE_DECISIONS);
      try (EventSender sender = new EventSender(bootstrap, Topics.CONTROL)) {
        sender.send(bytes(id), bytes(command.toString()), null);
        sender.flush();
      }
      Wait.until(
          TAKEN,
          "the orchestrator takes the command for route " + route + " (is the job running?)",
          () -> {
            decisions.poll(
                Duration.ofMillis(200),
                record -> {
                  JsonNode decision = tree(record);
                  if (decision.path("command_id").asText().equals(id)) {
                    answer.set(decision);
                  }
                });
            return answer.get() != null;
          });
    }
    JsonNode decision = answer.get();
    if (!decision.path("mode").asText().equals(mode)) {
      throw new StackException(
          "the orchestrator refused: " + decision.path("reason").asText("no reason given"));
    }
    return decision;
  }

  /** Every decision so far, oldest first. */
  public List<JsonNode> history() {
    List<JsonNode> all = new ArrayList<>();
    try (TopicReader decisions = new TopicReader(bootstrap)) {
      decisions.readAll(
          Topics.ROUTE_DECISIONS,
          record -> {
            JsonNode decision = tree(record);
            if (decision.isObject()) {
              all.add(decision);
            }
          });
    }
    return all;
  }

  private static JsonNode tree(ConsumerRecord<byte[], byte[]> record) {
    try {
      return record.value() == null ? Json.MAPPER.nullNode() : Json.MAPPER.readTree(record.value());
    } catch (IOException notJson) {
      return Json.MAPPER.nullNode();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
