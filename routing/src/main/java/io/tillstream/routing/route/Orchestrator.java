package io.tillstream.routing.route;

import java.util.List;

/**
 * Decides where the routes lead: a pure function of what is known, what happened and the time. It
 * carries out what people tell it; reports and time are taken, and nothing follows from them yet.
 */
public final class Orchestrator {
  /** Every route there is. */
  public static final List<String> ROUTES = List.of(RouteTable.ENRICHMENT, RouteTable.AGGREGATION);

  private Orchestrator() {}

  /**
   * One step.
   *
   * @param state what is known
   * @param input what happened
   * @param now epoch milliseconds
   */
  public static Step decide(OrchestratorState state, Input input, long now) {
    if (input instanceof Input.Told told) {
      return obey(state, told.command(), now);
    }
    return Step.nothing(state);
  }

  private static Step obey(OrchestratorState state, Command command, long now) {
    if (state.knows(command.commandId())) {
      return Step.nothing(state);
    }
    if (command instanceof Command.SetMode setMode) {
      return setMode(state, setMode, now);
    }
    return Step.nothing(state);
  }

  // Also a command that moves nothing makes a decision: whoever gave it sees that it was taken.
  private static Step setMode(OrchestratorState state, Command.SetMode command, long now) {
    RouteEntry entry = state.routes().get(command.route());
    RouteState before = entry == null ? RouteState.initial(command.route()) : entry.state();
    boolean toPrimary =
        switch (command.mode()) {
          case AUTO, PRIMARY -> true; // nothing speaks against the primary as yet
          case FALLBACK -> false;
          case OBSERVE -> before.primary();
        };
    long epoch = state.epoch() + 1;
    String reason = reason(command, before.primary(), toPrimary);
    Decision decision =
        new Decision(
            before.primary(),
            new RouteState(command.route(), command.mode(), toPrimary, epoch),
            reason,
            command.by(),
            now,
            command.commandId());
    boolean changed = before.mode() != command.mode() || before.primary() != toPrimary;
    long since = changed || entry == null ? now : entry.since();
    RouteEntry after = new RouteEntry(decision.state(), since, reason);
    return new Step(state.after(after, epoch, command.commandId()), List.of(decision));
  }

  private static String reason(Command.SetMode command, boolean fromPrimary, boolean toPrimary) {
    String told =
        switch (command.mode()) {
          case AUTO -> command.by() + " left it to the orchestrator";
          case PRIMARY -> command.by() + " pinned the primary";
          case FALLBACK -> command.by() + " pinned the fallback";
          case OBSERVE -> command.by() + " wants it observed only";
        };
    return fromPrimary == toPrimary
        ? told + "; it stays on the " + path(toPrimary)
        : told + "; it moves to the " + path(toPrimary);
  }

  private static String path(boolean primary) {
    return primary ? "primary" : "fallback";
  }
}
