package io.tillstream.routing.route;

import io.tillstream.routing.event.ErrorClass;
import io.tillstream.routing.json.JsonRecord;
import io.tillstream.routing.json.JsonRecordException;
import io.tillstream.routing.plan.PlanException;
import io.tillstream.routing.plan.RoutePlan;

/**
 * Reads commands: {@code {"command_id","type":"route","route","mode","by","at"}} and {@code
 * {"command_id","type":"routes","routes","by","at"}} with YAML in {@code routes}. {@code by} and
 * {@code at} may be absent. Never throws, whatever the bytes.
 */
public final class CommandParser {
  private static final int MAX_TEXT = 128;
  private static final String SOMEBODY = "somebody";

  private CommandParser() {}

  /** Reads a record's bytes, which may be null. */
  public static ParsedCommand parse(byte[] value) {
    try {
      return new ParsedCommand.Accepted(read(JsonRecord.read(value)));
    } catch (JsonRecordException e) {
      return new ParsedCommand.Rejected(e.errorClass(), e.getMessage());
    } catch (PlanException e) {
      return new ParsedCommand.Rejected(ErrorClass.OUT_OF_RANGE, e.getMessage());
    }
  }

  private static Command read(JsonRecord json) throws JsonRecordException, PlanException {
    String id = shortText("command_id", json.text("command_id"));
    String type = json.text("type");
    return switch (type) {
      case "route" -> setMode(id, json);
      case "routes" -> applyRoutes(id, json);
      default -> throw JsonRecordException.outOfRange("type", "must be route or routes", type);
    };
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
      // Only told: a decision carries the time at which it was made.
      var unused = json.time("at");
    }
    String by = json.textOrNull("by");
    return by == null ? SOMEBODY : shortText("by", by);
  }

  private static String shortText(String field, String text) throws JsonRecordException {
    int characters = text.codePointCount(0, text.length());
    if (characters < 1 || characters > MAX_TEXT) {
      throw JsonRecordException.outOfRange(field, "must have 1 to 128 characters", text);
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
