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
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Sends one command and waits for what answers it: decisions that name it, or its own dead letter.
 * Whatever else the orchestrator decides meanwhile is let pass.
 */
final class Commands {
  private static final Duration TAKEN = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final String bootstrap;

  Commands(String bootstrap) {
    this.bootstrap = bootstrap;
  }

  /**
   * Returns when the answer is complete.
   *
   * @param command with its {@code command_id}
   * @param answered is told whatever decisions name the command, and says whether that is all of
   *     them; it is asked again while nothing comes, with a missing node
   * @throws CommandRefusedException with the orchestrator's words, if it refused
   * @throws StackException if nobody answered within 10 s
   */
  void send(ObjectNode command, String what, Predicate<JsonNode> answered) {
    String id = command.path("command_id").asText();
    try (TopicReader reader = new TopicReader(bootstrap)) {
      reader.follow(Topics.ROUTE_DECISIONS, Topics.DEAD_LETTERS);
      send(command);
      boolean[] complete = {false};
      Wait.until(
          TAKEN,
          "the orchestrator takes " + what + " (is the job running?)",
          () -> {
            reader.poll(LOOK, record -> complete[0] |= take(record, id, answered));
            complete[0] |= answered.test(Json.MAPPER.missingNode());
            return complete[0];
          });
    }
  }

  /** Returns when Kafka has it. */
  void send(ObjectNode command) {
    try (EventSender sender = new EventSender(bootstrap, Topics.CONTROL)) {
      sender.send(bytes(command.path("command_id").asText()), bytes(command.toString()), null);
      sender.flush();
    }
  }

  private static boolean take(
      ConsumerRecord<byte[], byte[]> record, String id, Predicate<JsonNode> answered) {
    if (record.topic().equals(Topics.DEAD_LETTERS)) {
      if (Arrays.equals(record.key(), bytes(id)) && header(record, "topic").endsWith("control")) {
        throw new CommandRefusedException(header(record, "error"));
      }
      return false;
    }
    JsonNode decision = tree(record);
    return decision.path("command_id").asText().equals(id) && answered.test(decision);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  static JsonNode tree(ConsumerRecord<byte[], byte[]> record) {
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
