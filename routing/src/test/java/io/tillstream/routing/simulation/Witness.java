package io.tillstream.routing.simulation;

import io.tillstream.routing.plan.PlannedRoute;
import io.tillstream.routing.plan.RoutePlan;
import io.tillstream.routing.route.Command;
import io.tillstream.routing.route.Decision;
import io.tillstream.routing.route.Input;
import io.tillstream.routing.route.Mode;
import io.tillstream.routing.route.OrchestratorState;
import io.tillstream.routing.route.RouteEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Knows what is true in the world, sees every step, and objects to what must never be. */
final class Witness {
  private static final long BUS_DOWN_MS = 3_000;
  private static final long PATIENCE_MS = 10_000;

  private record Truth(Trouble trouble, long since) {}

  // Words of reasons, and what they tell of.
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry(" of the routes;", "other routes"),
          Map.entry("ada left it", "told"),
          Map.entry("ada pinned", "told"),
          Map.entry("would move", "observed"),
          Map.entry(" records try it", "tried"),
          Map.entry("the try failed", "a try failed"),
          Map.entry("also when tried", "returned after a try"),
          Map.entry("nobody is heard", "held"),
          Map.entry("are heard again", "heard again"),
          Map.entry("simulated, and", "returned from an ill fallback"));

  /** What it has seen of one route. */
  private static final class Seen {
    final Deque<Long> switches = new ArrayDeque<>(); // of the last minute, in experienced time
    long autoSince;
  }

  private final Map<String, Truth> truths = new HashMap<>();
  private final Map<String, Seen> seen = new HashMap<>();
  private final Map<String, Integer> happened = new TreeMap<>();
  private final Set<String> answered = new HashSet<>();
  private long highestEpoch = -1;
  private long ownLife;
  private long aliveSince;
  private boolean ownHeard;
  private long othersSince = RouteEntry.NEVER;
  private long lastHeard = RouteEntry.NEVER; // in experienced time
  private long lastCommand;
  private long clearSince = Long.MAX_VALUE;
  private long holdingSince = RouteEntry.NEVER;

  Witness() {
    for (String route : RoutePlan.ROUTES) {
      seen.put(route, new Seen());
    }
  }

  void truth(String agent, Trouble trouble, long time) {
    Truth before = truth(agent);
    if (before.trouble() != trouble) {
      truths.put(agent, new Truth(trouble, time));
    }
  }

  private Truth truth(String agent) {
    return truths.getOrDefault(agent, new Truth(Trouble.NONE, 0));
  }

  Map<String, Integer> happened() {
    return happened;
  }

  private void note(Decision decision) {
    String reason = decision.reason();
    String kind = null;
    for (Map.Entry<String, String> each : KINDS.entrySet()) {
      kind = reason.contains(each.getKey()) ? each.getValue() : kind;
    }
    if (kind == null && decision.toPrimary()) {
      kind = "returned without a try";
    }
    if (kind == null) {
      List<String> signs = List.of("failed", "silent", "stale", "error_rate", "redis_probe_ms");
      kind = "left: " + signs.stream().filter(reason::contains).findFirst().orElse("?");
    }
    happened.merge(kind, 1, Integer::sum);
  }

  boolean isOverloaded(String agent) {
    return truth(agent).trouble() == Trouble.OVERLOAD;
  }

  void restored(long time) {
    for (String route : RoutePlan.ROUTES) {
      Seen fresh = new Seen();
      fresh.autoSince = time;
      seen.put(route, fresh);
    }
    answered.clear();
  }

  void started(long life, long time) {
    ownLife = life;
    ownHeard = false;
    othersSince = RouteEntry.NEVER;
    lastHeard = RouteEntry.NEVER;
    aliveSince = time;
    holdingSince = RouteEntry.NEVER;
  }

  void step(
      OrchestratorState before,
      Input input,
      OrchestratorState after,
      List<Decision> decisions,
      long time,
      boolean clear,
      long newsSince) {
    if (input instanceof Input.Reported reported) {
      lastHeard = after.experienced();
      ownHeard |= reported.report().incarnation() == ownLife;
      if (othersSince == RouteEntry.NEVER) {
        othersSince = after.experienced();
      }
    }
    if (input instanceof Input.Told || input instanceof Input.Started) {
      lastCommand = time;
      seen.values().forEach(route -> route.switches.clear());
    }
    check(after.epoch() >= before.epoch(), "the epoch went back");
    long went = after.experienced() - before.experienced();
    check(went >= 0 && went <= 2_000, "more time went by than can have");
    if (after.routes() == before.routes() && decisions.isEmpty()) {
      return;
    }
    Map<String, Boolean> path = new HashMap<>();
    for (String route : RoutePlan.ROUTES) {
      path.put(route, before.routes().get(route).state().primary());
      unasked(before, input, after, route, time);
    }
    for (Decision decision : decisions) {
      check(decision.epoch() > highestEpoch, "epoch " + decision.epoch() + " was there before");
      highestEpoch = decision.epoch();
      check(
          decision.fromPrimary() == path.get(decision.route()),
          "it does not lead away from where it led: " + decision);
      path.put(decision.route(), decision.toPrimary());
      check(
          decision.commandId() == null
              || answered.add(decision.commandId() + " " + decision.route()),
          "a command was carried out twice");
      note(decision);
      check(!decision.reason().isBlank(), "no reason");
      check(decision.reason().indexOf('\n') < 0, "more than one line");
      if (decision.by().equals("orchestrator") && decision.fromPrimary() != decision.toPrimary()) {
        switched(decision, before, after, time, clear, newsSince);
      }
    }
    for (String route : RoutePlan.ROUTES) {
      check(
          path.get(route) == after.routes().get(route).state().primary(),
          "the route moved without a decision");
    }
  }

  /** A pinned or observed route moves for nobody but a person, and nobody else changes a mode. */
  private void unasked(
      OrchestratorState before, Input input, OrchestratorState after, String route, long time) {
    RouteEntry was = before.routes().get(route);
    RouteEntry is = after.routes().get(route);
    if (is == was) {
      return;
    }
    boolean asked =
        input instanceof Input.Told told
            && told.command() instanceof Command.SetMode setMode
            && setMode.route().equals(route);
    Mode mode = is.state().mode();
    if (!asked) {
      check(mode == was.state().mode(), "nobody asked for another mode");
      check(
          mode == Mode.AUTO || is.state().primary() == was.state().primary(),
          "nobody asked to move what is " + mode);
    }
    check(mode != Mode.PRIMARY || is.state().primary(), "the pin of the primary is overruled");
    check(mode != Mode.FALLBACK || !is.state().primary(), "the pin of the fallback is overruled");
    check(mode == Mode.OBSERVE == (is.would() != null), "an opinion of what is not observed");
    check(mode == Mode.AUTO || is.state().probeShare() == 0, "a try without being asked");
    if (mode != was.state().mode()) {
      seen.get(route).autoSince = time;
    }
  }

  private void switched(
      Decision decision,
      OrchestratorState before,
      OrchestratorState after,
      long time,
      boolean clear,
      long newsSince) {
    PlannedRoute route = after.plan().route(decision.route());
    long now = after.experienced();
    check(decision.mode() == Mode.AUTO, "it switched what it must not switch");
    check(
        ownHeard || now - othersSince >= PATIENCE_MS,
        "it switched on history: " + decision.reason());
    check(now - lastHeard < BUS_DOWN_MS, "it switched while nobody was heard");
    Seen of = seen.get(decision.route());
    long last = before.routes().get(decision.route()).switchedAt();
    check(
        last == RouteEntry.NEVER || now - last >= route.dwell().toMillis(),
        "it did not dwell: " + decision.reason());
    of.switches.addLast(now);
    while (of.switches.peekFirst() <= now - 60_000) {
      of.switches.removeFirst();
    }
    Truth fallback = truth(route.fallback());
    if (clear && isKnown(fallback, Trouble.NONE, newsSince, 65_000)) {
      check(
          of.switches.size() <= Plans.mostSwitchesAMinute(route),
          of.switches.size() + " switches within a minute");
    }
    if (clear && !decision.toPrimary()) {
      // Whose reports are lost, or are spoken over by a zombie's, is rightly taken for silent.
      boolean unheard =
          decision.reason().contains(" silent since ")
              || decision.reason().contains(" never heard");
      check(
          unheard || !isKnown(truth(route.primary()), Trouble.NONE, newsSince, 4_000),
          "it left a primary that is well: " + decision.reason());
      boolean ill =
          isKnown(fallback, Trouble.FAILED, newsSince, 4_000)
              || isKnown(fallback, Trouble.STUCK, newsSince, 4_000);
      check(!ill || time - aliveSince < PATIENCE_MS, "it left for a fallback that is ill");
    }
  }

  /** Whether something was true for so long before the oldest news that may arrive now. */
  private static boolean isKnown(Truth truth, Trouble trouble, long newsSince, long millis) {
    return truth.trouble() == trouble && newsSince - truth.since() > millis;
  }

  /** Looks at how things are, a few times each second. */
  void look(OrchestratorState state, long time, boolean clear, boolean peace) {
    clearSince = !clear ? Long.MAX_VALUE : Math.min(clearSince, time);
    boolean silent =
        lastHeard != RouteEntry.NEVER && ownHeard && state.experienced() - lastHeard >= BUS_DOWN_MS;
    check(!silent || state.holding(), "nobody is heard, and it does not hold");
    if (!state.holding()) {
      holdingSince = RouteEntry.NEVER;
    } else if (holdingSince == RouteEntry.NEVER) {
      holdingSince = time;
    }
    if (!clear) {
      return;
    }
    long flowing = Math.max(clearSince, aliveSince);
    check(
        !state.holding() || time - Math.max(flowing, holdingSince) <= World.OWN_MS,
        "reports flow, and it holds");
    for (PlannedRoute route : state.plan().routes()) {
      RouteEntry entry = state.routes().get(route.name());
      Mode mode = entry.state().mode();
      if (mode == Mode.AUTO || mode == Mode.OBSERVE) {
        long since = Math.max(Math.max(flowing, lastCommand), seen.get(route.name()).autoSince);
        boolean leans = mode == Mode.AUTO ? entry.state().primary() : entry.would();
        illIsLeft(route, leans, since, time);
        wellIsTakenBack(route, leans, since, time);
      }
    }
  }

  private void illIsLeft(PlannedRoute route, boolean onPrimary, long since, long time) {
    Truth primary = truth(route.primary());
    Truth fallback = truth(route.fallback());
    boolean tells = primary.trouble() == Trouble.FAILED || primary.trouble() == Trouble.STUCK;
    boolean mute = primary.trouble() == Trouble.MUTE;
    if (onPrimary && (tells || mute) && fallback.trouble() == Trouble.NONE) {
      long from = Math.max(Math.max(primary.since(), fallback.since()), since);
      check(
          time - from <= Plans.leaveBound(route, mute),
          route.primary() + " is " + primary.trouble() + " for long, and not left");
    }
  }

  private void wellIsTakenBack(PlannedRoute route, boolean onPrimary, long since, long time) {
    Truth primary = truth(route.primary());
    if (!onPrimary && primary.trouble() == Trouble.NONE) {
      long from = Math.max(primary.since(), since);
      check(
          time - from <= Plans.returnBound(route),
          route.primary() + " is well for long, and not taken back");
    }
  }

  private static void check(boolean fine, String objection) {
    if (!fine) {
      throw new AssertionError(objection);
    }
  }
}
