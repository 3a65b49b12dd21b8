package io.tillstream.routing.route;

import io.tillstream.routing.plan.RoutePlan;

/** What a person tells the pipeline to do. */
public sealed interface Command {

  /** What makes it one: a command that arrives twice is done once. 1..128 characters. */
  String commandId();

  /** Who told. */
  String by();

  /**
   * Sets who decides on a route.
   *
   * @param route one of {@link Orchestrator#ROUTES}
   */
  record SetMode(String commandId, String route, Mode mode, String by) implements Command {}

  /** Replaces the plan of the routes. */
  record ApplyRoutes(String commandId, RoutePlan plan, String by) implements Command {}
}
