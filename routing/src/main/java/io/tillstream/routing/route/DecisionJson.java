package io.tillstream.routing.route;

import io.tillstream.routing.json.JsonRecord;
import io.tillstream.routing.json.JsonRecordException;
import io.tillstream.routing.json.JsonTimes;

/** The JSON of a {@link Decision}, as it stands in {@code route-decisions}. */
public final class DecisionJson {
  private static final String PRIMARY = "primary";
  private static final String FALLBACK = "fallback";

  private DecisionJson() {}

  /** One object in UTF-8; without {@code command_id} if no command led to it. */
  public static byte[] write(Decision decision) {
    return JsonRecord.write(
        out -> {
          out.writeStringField("route", decision.route());
          out.writeStringField("from", decision.fromPrimary() ? PRIMARY : FALLBACK);
          out.writeStringField("to", decision.toPrimary() ? PRIMARY : FALLBACK);
          out.writeStringField("mode", decision.mode().text());
          out.writeNumberField("epoch", decision.epoch());
          out.writeStringField("reason", decision.reason());
          out.writeStringField("by", decision.by());
          out.writeStringField("at", JsonTimes.text(decision.at()));
          if (decision.commandId() != null) {
            out.writeStringField("command_id", decision.commandId());
          }
        });
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws JsonRecordException if it is no decision
   */
  public static Decision read(byte[] value) throws JsonRecordException {
    JsonRecord json = JsonRecord.read(value);
    String word = json.text("mode");
    Mode mode = Mode.ofText(word);
    if (mode == null) {
      throw JsonRecordException.outOfRange(
          "mode", "must be one of auto, primary, fallback, observe", word);
    }
    return new Decision(
        json.text("route"),
        isPrimary("from", json.text("from")),
        isPrimary("to", json.text("to")),
        mode,
        json.integer("epoch"),
        json.text("reason"),
        json.text("by"),
        json.time("at"),
        json.textOrNull("command_id"));
  }

  private static boolean isPrimary(String field, String text) throws JsonRecordException {
    return switch (text) {
      case PRIMARY -> true;
      case FALLBACK -> false;
      default -> throw JsonRecordException.outOfRange(field, "must be primary or fallback", text);
    };
  }
}
