package io.tillstream.routing.route;

import io.tillstream.routing.plan.PlannedRoute;

/** Who comes back and fails again has to wait longer each time, until some calm has passed. */
final class Damping {
  private static final int MOST_DOUBLINGS = 30;

  private Damping() {}

  /** How long the primary must have been well before it is taken back, in milliseconds. */
  static long waitMillis(PlannedRoute route, int returns) {
    long wait = route.healthyFor().toMillis() << Math.min(returns, MOST_DOUBLINGS);
    return Math.min(wait, route.healthyForMax().toMillis());
  }

  /** The returns that still count. */
  static int returns(PlannedRoute route, RouteEntry entry, long now) {
    boolean calm =
        entry.phase() == Phase.PRIMARY && now - entry.phaseAt() >= route.calmAfter().toMillis();
    return calm ? 0 : entry.returns();
  }
}
