package io.tillstream.routing.route;

import io.tillstream.routing.alert.Rule;
import io.tillstream.routing.plan.RoutePlan;
import java.util.List;

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

  /**
   * Changes the alert rules in force.
   *
   * @param apply rules to add, or to put in the place of those with the same id
   * @param remove ids of rules to take out; none of them is in {@code apply}
   */
  record ChangeRules(String commandId, List<Rule> apply, List<String> remove, String by)
      implements Command {}

  /**
   * Sends an alert's webhook once more.
   *
   * @param webhookId as it was sent before
   * @param destination the http(s) address
   * @param body the alert's JSON, as it was sent before
   * @param at when it was told, in epoch milliseconds; null if that is not said
   */
  record Redeliver(
      String commandId, String webhookId, String destination, String body, String by, Long at)
      implements Command {}
}
