package io.tillstream.routing.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that the orchestrator remembers; immutable.
 *
 * @param routes every route by its name
 * @param epoch the highest epoch given so far; one number over all routes, from 0
 * @param recentCommands the ids of the last commands carried out, oldest first
 */
public record OrchestratorState(
    Map<String, RouteEntry> routes, long epoch, List<String> recentCommands) {
  /** How many command ids are remembered. */
  public static final int REMEMBERED = 100;

  /** How far epochs jump at a restart: more decisions than anybody makes between checkpoints. */
  public static final long RESTART_JUMP = 1_000;

  /** Takes copies. */
  public OrchestratorState {
    routes = Map.copyOf(routes);
    recentCommands = List.copyOf(recentCommands);
  }

  /** What holds before anything was decided. */
  public static OrchestratorState initial(long now) {
    Map<String, RouteEntry> routes = new TreeMap<>();
    for (String route : Orchestrator.ROUTES) {
      routes.put(route, new RouteEntry(RouteState.initial(route), now, "nothing was decided yet"));
    }
    return new OrchestratorState(routes, 0, List.of());
  }

  /**
   * The state to go on with after a restart. Decisions made after the checkpoint and before the
   * crash are not in it, but others saw them, and an epoch must never name two decisions: so the
   * epochs jump. By the attempt, because several attempts may start from the same checkpoint.
   *
   * @param attempt how often the job was restarted, from 0
   */
  public OrchestratorState afterRestart(int attempt) {
    return new OrchestratorState(routes, epoch + RESTART_JUMP * (attempt + 1L), recentCommands);
  }

  /** Whether the command was carried out already. */
  public boolean knows(String commandId) {
    return recentCommands.contains(commandId);
  }

  OrchestratorState after(RouteEntry entry, long newEpoch, String commandId) {
    Map<String, RouteEntry> newRoutes = new TreeMap<>(routes);
    newRoutes.put(entry.state().route(), entry);
    List<String> commands = new ArrayList<>(recentCommands);
    if (commandId != null) {
      commands.add(commandId);
    }
    int forgotten = Math.max(0, commands.size() - REMEMBERED);
    return new OrchestratorState(newRoutes, newEpoch, commands.subList(forgotten, commands.size()));
  }
}
