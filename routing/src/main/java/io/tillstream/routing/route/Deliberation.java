package io.tillstream.routing.route;

import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.plan.PlannedRoute;
import io.tillstream.routing.plan.RoutePlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One step of thought: the state being changed, and the decisions that come of it. */
final class Deliberation {
  /** The most time that goes by between two inputs, whatever the clock says. */
  static final long LONGEST_STEP_MS = 2_000;

  private static final String BY = "orchestrator";
  // Above this an epoch in a report is no epoch of ours.
  private static final long HIGHEST_EPOCH = 1L << 52;

  private final OrchestratorState before;
  private final long now;

  private RoutePlan plan;
  private String submitted;
  private long planVersion;
  private Map<String, RouteEntry> routes;
  private long epoch;
  private List<String> commands;
  private long starts;
  private long experienced;
  private Hearing hearing;
  private List<Watch> watches;
  private boolean saidSilent;

  private Map<String, Wish> wishes = Map.of();
  private List<Decision> decisions = List.of();
  // The agent that the input is about; null: all of them.
  private String concerned;

  Deliberation(OrchestratorState before, long now) {
    this.before = before;
    this.now = now;
    plan = before.plan();
    submitted = before.submitted();
    planVersion = before.planVersion();
    routes = before.routes();
    epoch = before.epoch();
    commands = before.recentCommands();
    starts = before.starts();
    experienced = before.experienced();
    hearing = before.knowledge().hearing();
    watches = before.knowledge().watches();
    saidSilent = before.knowledge().saidSilent();
  }

  void timePasses() {
    long last = before.knowledge().lastNow();
    long millis = last == RouteEntry.NEVER ? 0 : Math.max(0, Math.min(now - last, LONGEST_STEP_MS));
    if (millis == 0) {
      return;
    }
    hearing = hearing.passing(experienced, experienced + millis);
    experienced += millis;
    for (RouteEntry entry : before.routes().values()) {
      if (!entry.state().primary()) {
        put(entry.onFallbackFor(millis));
      }
    }
  }

  void started(Input.Started started) {
    if (starts > 0 || started.attempt() > 0) {
      // Decisions made after the checkpoint and before the crash are not in the restored state,
      // but others saw them, and an epoch must never name two decisions. By the attempt, because
      // several of them may start from the same checkpoint.
      epoch += OrchestratorState.RESTART_JUMP * (started.attempt() + 1L);
    }
    hearing = Hearing.started(started.incarnation(), experienced);
    forgetWatches(plan);
    saidSilent = false;
    if (!started.submitted().text().equals(submitted)) {
      planVersion += starts > 0 ? 1 : 0;
      submitted = started.submitted().text();
      replace(started.submitted(), Reasons.submitted(planVersion), BY, null);
    }
    starts++;
  }

  void heard(AgentReport report) {
    concerned = report.agent();
    hearing = hearing.hear(report, experienced);
    // Whatever epoch somebody has seen was given, also if this memory is older than that.
    if (report.epoch() > epoch && report.epoch() <= HIGHEST_EPOCH) {
      epoch = report.epoch();
    }
  }

  void told(Command command) {
    if (before.knows(command.commandId())) {
      return;
    }
    List<String> longer = new ArrayList<>(commands);
    longer.add(command.commandId());
    int forgotten = Math.max(0, longer.size() - OrchestratorState.REMEMBERED);
    commands = longer.subList(forgotten, longer.size());
    if (command instanceof Command.SetMode setMode) {
      setMode(setMode);
    } else if (command instanceof Command.ApplyRoutes apply) {
      planVersion++;
      String told = Reasons.applied(apply.by(), planVersion);
      replace(apply.plan(), told, apply.by(), apply.commandId());
    }
  }

  // Also a command that moves nothing makes a decision: whoever gave it sees that it was taken.
  private void setMode(Command.SetMode command) {
    RouteEntry entry = routes.get(command.route());
    RouteState state = entry.state();
    boolean from = state.primary();
    boolean changes = state.mode() != command.mode();
    boolean to =
        switch (command.mode()) {
          case PRIMARY -> true;
          case FALLBACK -> false;
          case AUTO, OBSERVE -> from;
        };
    RouteEntry after = from == to ? entry : entry.switched(experienced);
    after = after.withState(stateOf(plan.route(command.route()), command.mode(), to, entry));
    if (changes || from != to) {
      after = after.withPhase(to ? Phase.PRIMARY : Phase.FALLBACK, experienced);
      after = after.withWould(command.mode() == Mode.OBSERVE ? (Boolean) to : null);
    }
    put(after);
    Wish wish = new Wish(Reasons.told(command), command.by(), command.commandId(), from, changes);
    wishes = Map.of(command.route(), wish);
  }

  private void replace(RoutePlan other, String told, String by, String commandId) {
    plan = other;
    forgetWatches(other);
    wishes = new HashMap<>();
    for (PlannedRoute route : plan.routes()) {
      RouteEntry entry = routes.get(route.name());
      RouteState state = entry.state();
      put(entry.withState(stateOf(route, state.mode(), state.primary(), entry)));
      wishes.put(route.name(), new Wish(told, by, commandId, state.primary(), false));
    }
  }

  /** Draws the conclusions from what is known by now. */
  void conclude() {
    boolean silent = hearing.isSilent(experienced);
    tellSilence(silent);
    boolean held = silent || hearing.awaiting();
    for (int i = 0; i < plan.routes().size(); i++) {
      PlannedRoute route = plan.routes().get(i);
      if (!held && !wishes.containsKey(route.name()) && !concerns(route)) {
        continue;
      }
      Watch watch = held ? Watch.BLANK : watches.get(i).next(route, hearing, experienced);
      if (watch != watches.get(i)) {
        watches = new ArrayList<>(watches);
        watches.set(i, watch);
      }
      think(route, watch, held);
    }
  }

  private boolean concerns(PlannedRoute route) {
    return concerned == null
        || concerned.equals(route.primary())
        || concerned.equals(route.fallback());
  }

  private void tellSilence(boolean silent) {
    if (silent == saidSilent || (saidSilent && hearing.awaiting())) {
      return;
    }
    saidSilent = silent;
    long since = experienced - before.knowledge().hearing().newestAt();
    if (!silent) {
      hearing = hearing.pardoned();
    }
    for (PlannedRoute route : plan.routes()) {
      RouteEntry entry = routes.get(route.name());
      if (entry.state().mode() == Mode.AUTO) {
        boolean primary = entry.state().primary();
        String reason = silent ? Reasons.silent(since, primary) : Reasons.heardAgain(since, entry);
        // The route's own reason stays: it is why it leads there.
        put(decide(route, entry, primary, reason, BY, null));
      }
    }
  }

  private void think(PlannedRoute route, Watch watch, boolean held) {
    RouteEntry entry = routes.get(route.name());
    Wish wish = wishes.get(route.name());
    Move move = Move.STAY;
    if (entry.isThoughtAbout()) {
      int returns = Damping.returns(route, entry, experienced);
      entry = returns == entry.returns() ? entry : entry.withReturns(returns);
      if (!held) {
        move =
            isOwed(wish, route, entry, watch)
                ? Move.RETURN
                : Move.of(route, entry, watch, hearing, experienced);
      }
    }
    if (move != Move.STAY) {
      move(move, route, entry, watch, wish);
    } else if (wish != null) {
      String reason =
          wish.told() + "; " + Reasons.path(wish.fromPrimary(), entry.state().primary());
      answer(route, entry, wish, reason);
    } else if (entry != routes.get(route.name())) {
      put(entry);
    }
  }

  // Who hands a route back has not to wait for a primary that has been well for long.
  private boolean isOwed(Wish wish, PlannedRoute route, RouteEntry entry, Watch watch) {
    return wish != null
        && wish.changesMode()
        && entry.state().mode() == Mode.AUTO
        && !entry.state().primary()
        && watch.isWellFor(Damping.waitMillis(route, entry.returns()), experienced);
  }

  private void move(Move move, PlannedRoute route, RouteEntry entry, Watch watch, Wish wish) {
    String why = Reasons.why(move, route, entry, watch, hearing, experienced);
    RouteEntry after =
        switch (move) {
          case LEAVE, FAIL -> entry.withPhase(Phase.FALLBACK, experienced);
          case PROBE -> entry.withPhase(Phase.PROBING, experienced);
          case RETURN ->
              entry.withPhase(Phase.PRIMARY, experienced).withReturns(entry.returns() + 1);
          case STAY -> entry;
        };
    boolean turns = move == Move.LEAVE || move == Move.RETURN;
    boolean from = wish == null ? entry.state().primary() : wish.fromPrimary();
    boolean to = entry.state().primary();
    String reason;
    if (entry.state().mode() == Mode.OBSERVE) {
      if (!turns) {
        // A try that is only thought of shows nobody anything.
        put(after);
        if (wish != null) {
          answer(route, after, wish, wish.told() + "; " + Reasons.path(from, to));
        }
        return;
      }
      after = after.withWould(move == Move.RETURN).withSwitchedAt(experienced);
      reason = Reasons.would(move == Move.RETURN, why);
    } else {
      to = turns ? move == Move.RETURN : to;
      after = turns ? after.switched(experienced) : after;
      reason = why + "; " + Reasons.path(from, to);
    }
    after = after.withState(stateOf(route, entry.state().mode(), to, after));
    if (wish != null) {
      answer(route, after, wish, wish.told() + "; " + reason);
    } else {
      long since = from == to ? after.since() : now;
      put(decide(route, after, from, reason, BY, null).withReason(reason, since));
    }
  }

  private void answer(PlannedRoute route, RouteEntry entry, Wish wish, String reason) {
    boolean changed = wish.changesMode() || wish.fromPrimary() != entry.state().primary();
    RouteEntry decided =
        decide(route, entry, wish.fromPrimary(), reason, wish.by(), wish.commandId());
    put(decided.withReason(reason, changed ? now : entry.since()));
  }

  private RouteEntry decide(
      PlannedRoute route,
      RouteEntry entry,
      boolean fromPrimary,
      String reason,
      String by,
      String commandId) {
    epoch++;
    RouteState state = entry.state();
    RouteEntry after = entry.withState(stateOf(route, state.mode(), state.primary(), entry));
    List<Decision> more = new ArrayList<>(decisions);
    more.add(new Decision(fromPrimary, after.state(), reason, by, now, commandId, after.would()));
    decisions = more;
    return after;
  }

  private RouteState stateOf(PlannedRoute route, Mode mode, boolean primary, RouteEntry entry) {
    boolean probes = mode == Mode.AUTO && !primary && entry.phase() == Phase.PROBING;
    return new RouteState(
        route.name(),
        mode,
        primary,
        epoch,
        route.primary(),
        route.fallback(),
        probes ? route.probeShare() : 0,
        route.retry());
  }

  private void put(RouteEntry entry) {
    if (routes == before.routes()) {
      routes = new HashMap<>(routes);
    }
    routes.put(entry.state().route(), entry);
  }

  private void forgetWatches(RoutePlan of) {
    watches = Collections.nCopies(of.routes().size(), Watch.BLANK);
  }

  Step step() {
    OrchestratorState after =
        new OrchestratorState(
            plan,
            submitted,
            planVersion,
            routes,
            epoch,
            commands,
            starts,
            experienced,
            new Knowledge(now, hearing, watches, saidSilent));
    return new Step(after, decisions);
  }
}
