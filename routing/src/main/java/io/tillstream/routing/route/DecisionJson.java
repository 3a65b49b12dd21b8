package io.tillstream.routing.route;

import io.tillstream.routing.json.JsonRecord;
import io.tillstream.routing.json.JsonTimes;

/** The JSON of a {@link Decision}, as it stands in {@code route-decisions}. */
public final class DecisionJson {
  private static final String TYPE = "route-decision";
  private static final int VERSION = 1;
  private static final String PRIMARY = "primary";
  private static final String FALLBACK = "fallback";

  private DecisionJson() {}

  /**
   * One object in UTF-8; without {@code would} unless the route is only observed, without {@code
   * command_id} if no command led to it.
   */
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
          out.writeStringField("type", TYPE);
          out.writeNumberField("v", VERSION);
          out.writeStringField("agent", agent(decision.state()));
          out.writeNumberField("probe_share", decision.state().probeShare());
          if (decision.wouldPrimary() != null) {
            out.writeStringField("would", decision.wouldPrimary() ? PRIMARY : FALLBACK);
          }
          if (decision.commandId() != null) {
            out.writeStringField("command_id", decision.commandId());
          }
        });
  }

  private static String agent(RouteState state) {
    return state.primary() ? state.primaryAgent() : state.fallbackAgent();
  }
}
