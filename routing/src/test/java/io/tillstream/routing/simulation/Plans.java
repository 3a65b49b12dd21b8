package io.tillstream.routing.simulation;

import io.tillstream.routing.plan.PlanException;
import io.tillstream.routing.plan.PlannedRoute;
import io.tillstream.routing.plan.RoutePlan;
import java.util.List;

/** Plans to choose from, and what follows from their numbers. */
final class Plans {
  private static final long PATIENCE_MS = 10_000;
  private static final String STANDARD = RoutePlan.standard().text();

  static final List<RoutePlan> ALL =
      List.of(
          RoutePlan.standard(),
          parse(STANDARD.replace("dwell: PT2S", "dwell: PT5S")),
          parse(STANDARD.replace("probe_share: 0.05", "probe_share: 0")),
          parse(STANDARD.replace("healthy_for: PT1.5S", "healthy_for: PT4S")),
          parse(
              STANDARD
                  .replace("stale_after: PT4S", "stale_after: PT6S")
                  .replace("calm_after: PT1M", "calm_after: PT5S")
                  .replace("dwell: PT2S", "dwell: PT1S")),
          parse(
              STANDARD
                  .replace("primary: aggregation", "primary: nobody")
                  .replace("fallback: backup-aggregation", "fallback: aggregation")
                  .replace("primary: nobody", "primary: backup-aggregation")));

  private Plans() {}

  private static RoutePlan parse(String text) {
    try {
      return RoutePlan.parse(text);
    } catch (PlanException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The most switches a minute that a route can make by itself while its fallback is well: out and
   * back, as often as dwelling and waiting let it, the first wait being the shortest and all calm
   * forgotten as soon as that may be.
   */
  static int mostSwitchesAMinute(PlannedRoute route) {
    long dwell = route.dwell().toMillis();
    long wait = route.healthyFor().toMillis();
    long longest = route.healthyForMax().toMillis();
    long probe = route.probeShare() > 0 ? route.probeFor().toMillis() : 0;
    long calm = route.calmAfter().toMillis();
    int switches = 1; // one may end right at the beginning of the minute
    long time = 0;
    for (long next = wait; time <= 60_000; next = Math.min(next * 2, longest)) {
      switches += 2;
      long onFallback = Math.max(dwell, next + probe);
      // Damped, or as quick as ever after a calm time: whichever lets it switch more often.
      long damped = onFallback + dwell;
      long calmed = Math.max(dwell, wait + probe) + Math.max(dwell, calm);
      time += Math.min(damped, calmed);
    }
    return switches;
  }

  /** How soon after a failure a well fallback must have taken over, reports flowing. */
  static long leaveBound(PlannedRoute route, boolean mute) {
    // Who is mute from the start on is missed a little later than who falls silent.
    long heard = mute ? Math.max(route.staleAfter().toMillis(), PATIENCE_MS) + 1_000 : 1_000;
    return route.dwell().toMillis() + heard + World.QUICK_MS + World.TICK_MS + World.OWN_MS;
  }

  /** How soon after all is well a route must be back on its primary. */
  static long returnBound(PlannedRoute route) {
    return route.staleAfter().toMillis()
        + route.dwell().toMillis()
        + route.healthyForMax().toMillis()
        + route.probeFor().toMillis()
        + World.OWN_MS
        + World.SLACK_MS;
  }
}
