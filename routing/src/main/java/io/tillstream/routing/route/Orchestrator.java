package io.tillstream.routing.route;

import io.tillstream.routing.plan.RoutePlan;
import java.util.List;

/**
 * Decides where the routes lead: a pure function of what is known, what happened and the time.
 *
 * <p>The time is only ever used for how much of it went by, and never more than two seconds between
 * two inputs: a clock that steps, a pause or a restart makes nobody look stale.
 */
public final class Orchestrator {
  /** Every route there is. */
  public static final List<String> ROUTES = RoutePlan.ROUTES;

  private Orchestrator() {}

  /**
   * One step.
   *
   * @param state what is known
   * @param input what happened
   * @param now epoch milliseconds
   */
  public static Step decide(OrchestratorState state, Input input, long now) {
    Deliberation deliberation = new Deliberation(state, now);
    deliberation.timePasses();
    if (input instanceof Input.Started started) {
      deliberation.started(started);
    } else if (input instanceof Input.Reported reported) {
      deliberation.heard(reported.report());
    } else if (input instanceof Input.Told told) {
      deliberation.told(told.command());
    }
    deliberation.conclude();
    return deliberation.step();
  }
}
