package io.tillstream.local.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.tillstream.local.layout.Json;
import io.tillstream.local.process.StackException;
import io.tillstream.local.topics.TopicReader;
import io.tillstream.local.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Changes the alert rules in force, and reads which they are. What comes back is the text of a
 * {@code rules-in-force} record, as it was said: a number read as binary would no longer be exact.
 */
public final class RulesControl {
  private static final String SAID = "rules-in-force";

  /** It is said every ten minutes: a day's worth of it, and of commands in between. */
  private static final int TAIL = 500;

  private final String bootstrap;
  private final Clock clock;

  public RulesControl(String bootstrap, Clock clock) {
    this.bootstrap = bootstrap;
    this.clock = clock;
  }

  /**
   * Adds rules, or puts them in the place of those with the same id, and waits until they are in
   * force.
   *
   * @param rules a JSON array
   * @param by who says so
   * @return the rules in force
   * @throws CommandRefusedException naming rule and field, if something is wrong with one
   * @throws StackException if nobody answered within 10 s
   */
  public String apply(String rules, String by) {
    ObjectNode command = command(by);
    // As it is written: a threshold is exact.
    command.putRawValue("apply", new RawValue(rules));
    return send(command);
  }

  /**
   * Takes rules out, and waits until that is so.
   *
   * @return the rules in force
   * @throws CommandRefusedException if one of them is not in force
   * @throws StackException if nobody answered within 10 s
   */
  public String remove(Collection<String> ruleIds, String by) {
    ObjectNode command = command(by);
    ruleIds.forEach(command.putArray("remove")::add);
    return send(command);
  }

  private String send(ObjectNode command) {
    String[] answer = {null};
    new Commands(bootstrap, Topics.CONTROL, "the alert agent")
        .send(
            command,
            "the rules",
            (said, bytes) -> {
              // The command itself comes by in the same topic.
              if (isSaid(said)) {
                answer[0] = new String(bytes, StandardCharsets.UTF_8);
              }
              return answer[0] != null;
            });
    return answer[0];
  }

  /**
   * What was said last.
   *
   * @throws StackException if nobody ever said it
   */
  public String inForce() {
    String[] last = {null};
    try (TopicReader control = new TopicReader(bootstrap)) {
      control.readTail(Topics.CONTROL, TAIL, record -> take(record, last));
      if (last[0] == null) {
        control.readAll(Topics.CONTROL, record -> take(record, last));
      }
    }
    if (last[0] == null) {
      throw new StackException(
          "no job has said yet which alert rules are in force (is the job running?)");
    }
    return last[0];
  }

  private static void take(ConsumerRecord<byte[], byte[]> record, String[] last) {
    if (isSaid(Commands.tree(record))) {
      last[0] = new String(record.value(), StandardCharsets.UTF_8);
    }
  }

  private static boolean isSaid(JsonNode said) {
    return said.path("type").asText().equals(SAID);
  }

  private ObjectNode command(String by) {
    ObjectNode command = Json.MAPPER.createObjectNode();
    command.put("command_id", UUID.randomUUID().toString());
    command.put("type", "rules");
    command.put("by", by);
    command.put("at", clock.instant().toString());
    return command;
  }
}
