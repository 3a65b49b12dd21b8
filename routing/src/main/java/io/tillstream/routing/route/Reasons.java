package io.tillstream.routing.route;

import io.tillstream.routing.plan.PlannedRoute;

/** Why something was decided, in sentences that a person understands. */
final class Reasons {
  private Reasons() {}

  /** What a person's command says. */
  static String told(Command.SetMode command) {
    return switch (command.mode()) {
      case AUTO -> command.by() + " left it to the orchestrator";
      case PRIMARY -> command.by() + " pinned the primary";
      case FALLBACK -> command.by() + " pinned the fallback";
      case OBSERVE -> command.by() + " wants it observed only";
    };
  }

  static String applied(String by, long version) {
    return by + " applied version " + version + " of the routes";
  }

  static String submitted(long version) {
    return "the job was started with version " + version + " of the routes";
  }

  /** Where it goes. */
  static String path(boolean fromPrimary, boolean toPrimary) {
    return (fromPrimary == toPrimary ? "it stays on the " : "it moves to the ") + name(toPrimary);
  }

  /** Why a move was made, without where it goes. */
  static String why(
      Move move, PlannedRoute route, RouteEntry before, Watch watch, Hearing hearing, long now) {
    return switch (move) {
      case LEAVE -> Verdicts.against(route, watch, hearing, now);
      case PROBE ->
          wellSince(route, watch, now)
              + ", and "
              + Spans.number(route.probeShare() * 100)
              + " % of the records try it";
      case FAIL -> "the try failed, " + Verdicts.against(route, watch, hearing, now);
      case RETURN ->
          Move.isFallbackIll(route, hearing)
              ? Verdicts.joined(hearing, route.fallback(), route.staleAfter().toMillis()).reason()
                  + ", and "
                  + wellSince(route, watch, now)
              : wellSince(route, watch, now)
                  + (before.phase() == Phase.PROBING ? ", also when tried" : "");
      case STAY -> throw new IllegalArgumentException("nothing to explain");
    };
  }

  static String would(boolean primary, String why) {
    return "would move to the " + name(primary) + ": " + why;
  }

  static String silent(long since, boolean primary) {
    return "nobody is heard since "
        + Spans.text(since)
        + ", the bus seems to be down; it holds and stays on the "
        + name(primary);
  }

  static String heardAgain(long after, RouteEntry entry) {
    return "agents are heard again after "
        + Spans.text(after)
        + "; it stays on the "
        + name(entry.state().primary())
        + " as before: "
        + entry.reason();
  }

  private static String wellSince(PlannedRoute route, Watch watch, long now) {
    return route.primary() + " is well since " + Spans.text(now - watch.wellSince());
  }

  private static String name(boolean primary) {
    return primary ? "primary" : "fallback";
  }
}
