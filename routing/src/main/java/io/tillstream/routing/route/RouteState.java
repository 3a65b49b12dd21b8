package io.tillstream.routing.route;

import io.tillstream.routing.event.Id128;
import io.tillstream.routing.retry.RetryPolicy;

/**
 * Where a route leads now, as routers know it.
 *
 * @param route the route's name, such as {@code enrichment}
 * @param mode who decides
 * @param primary true if the primary agent takes the records, false if the fallback does
 * @param epoch grows with every decision; 0 before the first
 * @param primaryAgent the agent that takes the records if {@code primary}
 * @param fallbackAgent the agent that takes them otherwise
 * @param probeShare the share of records that the primary takes all the same while the fallback is
 *     active, 0..1: a trickle that finds out whether it is well again
 * @param retry how often and when the route's agents try again what failed
 */
public record RouteState(
    String route,
    Mode mode,
    boolean primary,
    long epoch,
    String primaryAgent,
    String fallbackAgent,
    double probeShare,
    RetryPolicy retry) {
  private static final int SHARES = 1 << 16;

  /** A route between the agents that stand for it when nobody says otherwise; nothing probed. */
  public RouteState(String route, Mode mode, boolean primary, long epoch) {
    this(
        route,
        mode,
        primary,
        epoch,
        route,
        route.equals(RouteTable.ENRICHMENT) ? RouteTable.BYPASS : "backup-" + route,
        0,
        RetryPolicy.standard());
  }

  /** What holds before anything was decided: the primary agent, automatically. */
  public static RouteState initial(String route) {
    return new RouteState(route, Mode.AUTO, true, 0);
  }

  /** The agent that the route leads to. */
  public String activeAgent() {
    return primary ? primaryAgent : fallbackAgent;
  }

  /** Whether a share of the records goes to the primary although the fallback is active. */
  public boolean probing() {
    return !primary && probeShare > 0;
  }

  /** The agent that takes an event: always the same one for one id and one state. */
  public String agentFor(Id128 id) {
    boolean toPrimary =
        primary || (probeShare > 0 && (id.low() & (SHARES - 1)) < probeShare * SHARES);
    return toPrimary ? primaryAgent : fallbackAgent;
  }
}
