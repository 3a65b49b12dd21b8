package io.tillstream.routing.route;

import io.tillstream.routing.alert.Rule;
import io.tillstream.routing.alert.RuleBook;
import io.tillstream.routing.alert.RuleException;
import io.tillstream.routing.alert.RuleReader;
import io.tillstream.routing.event.ErrorClass;
import io.tillstream.routing.json.JsonRecord;
import io.tillstream.routing.json.JsonRecordException;
import io.tillstream.routing.plan.PlanException;
import io.tillstream.routing.plan.RoutePlan;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads commands: {@code {"command_id","type":"route","route","mode","by","at"}}, {@code
 * {"command_id","type":"routes","routes","by","at"}} with YAML in {@code routes}, {@code
 * {"command_id","type":"rules","apply":[…],"remove":["id"…],"by","at"}} and {@code
 * {"command_id","type":"webhook","webhook_id","destination","body","by","at"}}. {@code by} and
 * {@code at} may be absent. What the alert agent says of the rules in force passes. Never throws,
 * whatever the bytes.
 */
public final class CommandParser {
  private static final int MAX_TEXT = 128;
  private static final int MAX_ADDRESS = 2_048;
  private static final int MAX_BODY = 64 << 10;
  private static final String SOMEBODY = "somebody";
  private static final String SAID = "rules-in-force";

  private CommandParser() {}

  /** Reads a record's bytes, which may be null. */
  public static ParsedCommand parse(byte[] value) {
    try {
      JsonRecord json = JsonRecord.read(value);
      if (SAID.equals(json.text("type"))) {
        return new ParsedCommand.Ignored();
      }
      return new ParsedCommand.Accepted(read(json, value));
    } catch (JsonRecordException e) {
      return new ParsedCommand.Rejected(e.errorClass(), e.getMessage());
    } catch (PlanException | RuleException e) {
      return new ParsedCommand.Rejected(ErrorClass.OUT_OF_RANGE, e.getMessage());
    }
  }

  private static Command read(JsonRecord json, byte[] value)
      throws JsonRecordException, PlanException, RuleException {
    String id = shortText("command_id", json.text("command_id"));
    String type = json.text("type");
    return switch (type) {
      case "route" -> setMode(id, json);
      case "routes" -> applyRoutes(id, json);
      case "rules" -> changeRules(id, json, value);
      case "webhook" -> redeliver(id, json);
      default ->
          throw JsonRecordException.outOfRange(
              "type", "must be route, routes, rules or webhook", type);
    };
  }

  private static Command changeRules(String id, JsonRecord json, byte[] value)
      throws JsonRecordException, RuleException {
    List<Rule> apply = RuleReader.readField(value, "apply");
    List<String> remove = json.texts("remove");
    Set<String> removed = new HashSet<>();
    for (String ruleId : remove) {
      if (!removed.add(shortText("remove", ruleId))) {
        throw JsonRecordException.outOfRange("remove", "must name no rule twice", ruleId);
      }
    }
    for (Rule rule : apply) {
      if (removed.contains(rule.ruleId())) {
        throw JsonRecordException.outOfRange(
            "remove", "must name no rule that is applied", rule.ruleId());
      }
    }
    int changes = apply.size() + remove.size();
    if (changes < 1 || changes > 2 * RuleBook.MOST) {
      throw JsonRecordException.outOfRange(
          "apply and remove",
          "must have 1 to " + 2 * RuleBook.MOST + " rules together",
          String.valueOf(changes));
    }
    return new Command.ChangeRules(id, apply, remove, by(json));
  }

  private static Command redeliver(String id, JsonRecord json) throws JsonRecordException {
    String webhookId = shortText("webhook_id", json.text("webhook_id"));
    String destination = text("destination", json.text("destination"), MAX_ADDRESS);
    String body = text("body", json.text("body"), MAX_BODY);
    Long at = json.has("at") ? json.time("at") : null;
    return new Command.Redeliver(id, webhookId, destination, body, by(json), at);
  }

  private static Command setMode(String id, JsonRecord json) throws JsonRecordException {
    String route = json.text("route");
    if (!Orchestrator.ROUTES.contains(route)) {
      throw JsonRecordException.outOfRange(
          "route", "must be one of " + String.join(", ", Orchestrator.ROUTES), route);
    }
    String word = json.text("mode");
    Mode mode = Mode.ofText(word);
    if (mode == null) {
      throw JsonRecordException.outOfRange(
          "mode", "must be one of auto, primary, fallback, observe", word);
    }
    return new Command.SetMode(id, route, mode, by(json));
  }

  private static Command applyRoutes(String id, JsonRecord json)
      throws JsonRecordException, PlanException {
    String by = by(json);
    return new Command.ApplyRoutes(id, RoutePlan.parse(json.text("routes")), by);
  }

  private static String by(JsonRecord json) throws JsonRecordException {
    if (json.has("at")) {
      // Mostly only told: a decision carries the time at which it was made.
      var unused = json.time("at");
    }
    String by = json.textOrNull("by");
    return by == null ? SOMEBODY : shortText("by", by);
  }

  private static String shortText(String field, String text) throws JsonRecordException {
    return text(field, text, MAX_TEXT);
  }

  private static String text(String field, String text, int most) throws JsonRecordException {
    int characters = text.codePointCount(0, text.length());
    if (characters < 1 || characters > most) {
      throw JsonRecordException.outOfRange(field, "must have 1 to " + most + " characters", text);
    }
    if (text.chars().anyMatch(c -> Character.isSurrogate((char) c)) && !isPaired(text)) {
      throw JsonRecordException.outOfRange(field, "must have no unpaired surrogates", text);
    }
    return text;
  }

  private static boolean isPaired(String text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
