package io.tillstream.routing.route;

import io.tillstream.routing.plan.PlannedRoute;
import io.tillstream.routing.plan.RoutePlan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that the orchestrator remembers; immutable.
 *
 * @param plan the routes' plan that holds
 * @param submitted the text of the plan that the job was last started with
 * @param planVersion how many plans there were, from 1
 * @param routes every route by its name
 * @param epoch the highest epoch given so far; one number over all routes, from 0
 * @param recentCommands the ids of the last commands carried out, oldest first
 * @param starts how often the job was started with this memory
 * @param experienced the time it has gone through, in milliseconds: without pauses, restarts and
 *     steps of the clock
 * @param knowledge what reports told, which no checkpoint keeps
 */
public record OrchestratorState(
    RoutePlan plan,
    String submitted,
    long planVersion,
    Map<String, RouteEntry> routes,
    long epoch,
    List<String> recentCommands,
    long starts,
    long experienced,
    Knowledge knowledge) {
  /** How many command ids are remembered. */
  public static final int REMEMBERED = 100;

  /** How far epochs jump at a restart: more decisions than anybody makes between checkpoints. */
  public static final long RESTART_JUMP = 1_000;

  private static final String UNDECIDED = "nothing was decided yet";

  /** Takes copies, and adds routes that an older memory does not know. */
  public OrchestratorState {
    if (routes.size() < plan.routes().size()) {
      Map<String, RouteEntry> all = new TreeMap<>(routes);
      for (PlannedRoute route : plan.routes()) {
        all.putIfAbsent(route.name(), new RouteEntry(initial(route), 0, UNDECIDED));
      }
      routes = all;
    }
    routes = Map.copyOf(routes);
    recentCommands = List.copyOf(recentCommands);
  }

  /** A memory of the standard plan, in which no time went by. */
  public OrchestratorState(
      Map<String, RouteEntry> routes, long epoch, List<String> recentCommands) {
    this(RoutePlan.standard(), RoutePlan.standard().text(), 1, routes, epoch, recentCommands, 0, 0);
  }

  /** A memory as a checkpoint keeps it. */
  public OrchestratorState(
      RoutePlan plan,
      String submitted,
      long planVersion,
      Map<String, RouteEntry> routes,
      long epoch,
      List<String> recentCommands,
      long starts,
      long experienced) {
    this(
        plan,
        submitted,
        planVersion,
        routes,
        epoch,
        recentCommands,
        starts,
        experienced,
        Knowledge.nothing(experienced, plan.routes().size()));
  }

  /** What holds before anything was decided: the standard plan. */
  public static OrchestratorState initial(long now) {
    Map<String, RouteEntry> routes = new TreeMap<>();
    for (PlannedRoute route : RoutePlan.standard().routes()) {
      routes.put(route.name(), new RouteEntry(initial(route), now, UNDECIDED));
    }
    return new OrchestratorState(routes, 0, List.of());
  }

  private static RouteState initial(PlannedRoute route) {
    return new RouteState(
        route.name(), Mode.AUTO, true, 0, route.primary(), route.fallback(), 0, route.retry());
  }

  /** The same without what reports told: what a checkpoint keeps. */
  public OrchestratorState remembered() {
    return new OrchestratorState(
        plan, submitted, planVersion, routes, epoch, recentCommands, starts, experienced);
  }

  /** Whether the command was carried out already. */
  public boolean knows(String commandId) {
    return recentCommands.contains(commandId);
  }

  /**
   * What is concluded about every agent that was heard, and about those that routes need and that
   * should have been heard.
   */
  public Map<String, Verdict> verdicts() {
    return Verdicts.all(this);
  }

  /** Whether it decides nothing for now: nobody is heard, or what is heard is old. */
  public boolean holding() {
    return knowledge.hearing().awaiting() || knowledge.hearing().isSilent(experienced);
  }
}
