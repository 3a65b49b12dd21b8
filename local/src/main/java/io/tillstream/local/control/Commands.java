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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Sends one command and waits for what answers it: records of a topic that name it, or its own dead
 * letter. Whatever else is said there meanwhile is let pass.
 */
final class Commands {
  private static final Duration TAKEN = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final String bootstrap;
  private final String answers;
  private final String answerer;

  /**
   * Of one kind.
   *
   * @param answers the topic in which they are answered
   * @param answerer who does, for people
   */
  Commands(String bootstrap, String answers, String answerer) {
    this.bootstrap = bootstrap;
    this.answers = answers;
    this.answerer = answerer;
  }

  /** Takes what names a command; the bytes are those of the record, exact to the last digit. */
  @FunctionalInterface
  interface Answer {
    boolean isComplete(JsonNode said, byte[] bytes);
  }

  /**
   * Returns when the answer is complete.
   *
   * @param command with its {@code command_id}
   * @param answered is told whatever names the command, and says whether that is all of it; it is
   *     asked again while nothing comes, with a missing node
   * @throws CommandRefusedException with the answerer's words, if it refused
   * @throws StackException if nobody answered within 10 s
   */
  void send(ObjectNode command, String what, Answer answered) {
    String id = command.path("command_id").asText();
    try (TopicReader reader = new TopicReader(bootstrap)) {
      reader.follow(answers, Topics.DEAD_LETTERS);
      send(command);
      boolean[] complete = {false};
      Wait.until(
          TAKEN,
          answerer + " takes " + what + " (is the job running?)",
          () -> {
            reader.poll(LOOK, record -> complete[0] |= take(record, id, answered));
            complete[0] |= answered.isComplete(Json.MAPPER.missingNode(), null);
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

  private static boolean take(ConsumerRecord<byte[], byte[]> record, String id, Answer answered) {
    if (record.topic().equals(Topics.DEAD_LETTERS)) {
      if (Arrays.equals(record.key(), bytes(id)) && header(record, "topic").endsWith("control")) {
        throw new CommandRefusedException(header(record, "error"));
      }
      return false;
    }
    JsonNode said = tree(record);
    return said.path("command_id").asText().equals(id) && answered.isComplete(said, record.value());
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
