package io.tillstream.local.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.local.layout.Json;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A message that came.
 *
 * @param at when
 * @param webhookId its name; empty if it had none
 * @param times how often this one has come by now, from 1
 * @param complaint what is wrong with its signature, or null
 * @param answered the HTTP status it was answered with
 * @param body as it came
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Post(
    Instant at, String webhookId, int times, String complaint, int answered, byte[] body) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
  private static final int MOST = 200;

  /** One line for a person, in the time zone given. */
  public String line(ZoneId zone) {
    JsonNode alert = alert();
    StringBuilder line = new StringBuilder();
    line.append(TIME.format(at.atZone(zone)))
        .append("  ")
        .append(webhookId.isEmpty() ? "(no webhook-id)" : shown(webhookId))
        .append("  ");
    if (alert.isObject()) {
      line.append(text(alert, "status"))
          .append(' ')
          .append(text(alert, "rule_id"))
          .append("  ")
          .append(text(alert, "dimension"))
          .append(' ')
          .append(text(alert, "key"))
          .append("  ")
          .append(text(alert, "metric"))
          .append('=')
          .append(text(alert, "value"));
    } else {
      line.append("(no alert: ").append(body.length).append(" bytes)");
    }
    line.append("  signature ").append(complaint == null ? "ok" : "BAD: " + shown(complaint));
    if (times > 1) {
      line.append("  (repeated: came ").append(times).append(" times)");
    }
    if (answered / 100 != 2) {
      line.append("  answered ").append(answered);
    }
    return line.toString();
  }

  /** The same for programs, with the alert as it came. */
  public String json() {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("at", at.toString());
    node.put("webhook_id", webhookId);
    node.put("times", times);
    node.put("signature", complaint == null ? "ok" : "bad");
    if (complaint != null) {
      node.put("complaint", complaint);
    }
    node.put("answered", answered);
    node.set("alert", alert());
    return node.toString();
  }

  private JsonNode alert() {
    try {
      JsonNode tree = Json.MAPPER.readTree(body);
      return tree == null ? Json.MAPPER.nullNode() : tree;
    } catch (IOException e) {
      return Json.MAPPER.nullNode();
    }
  }

  private static String text(JsonNode alert, String field) {
    JsonNode value = alert.path(field);
    return value.isMissingNode() || value.isNull() ? "-" : shown(value.asText());
  }

  // Whoever posts does not get to write to the terminal what they like.
  private static String shown(String text) {
    String plain = text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "·");
    return plain.length() > MOST ? plain.substring(0, MOST) + "…" : plain;
  }
}
