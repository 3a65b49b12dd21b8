package io.tillstream.local.letters;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.local.layout.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The command that has a webhook sent again. */
final class Redelivery {
  private Redelivery() {}

  /** For the topic {@code control}. */
  static byte[] of(String commandId, DeadLetter letter, String by, Instant at) {
    ObjectNode command = Json.MAPPER.createObjectNode();
    command.put("command_id", commandId);
    command.put("type", "webhook");
    command.put("webhook_id", letter.webhookId());
    command.put("destination", letter.destination());
    command.put("body", new String(letter.value(), StandardCharsets.UTF_8));
    command.put("by", by);
    command.put("at", at.toString());
    return command.toString().getBytes(StandardCharsets.UTF_8);
  }
}
