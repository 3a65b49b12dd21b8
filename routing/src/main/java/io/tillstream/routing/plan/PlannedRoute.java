package io.tillstream.routing.plan;

import io.tillstream.routing.retry.RetryPolicy;
import java.time.Duration;
import java.util.List;

/**
 * What a plan says of one route. Its reader has checked the bounds.
 *
 * @param name the route's name
 * @param primary the agent that takes the records as long as it is well
 * @param fallback the agent that stands in for it
 * @param leaveWhen any of these and the primary is left
 * @param staleAfter without a report for longer, an agent is stale; PT4S..PT10M
 * @param dwell the least time on a path before the next switch, PT0S..PT10M
 * @param healthyFor how long the primary must have been well before it is probed, PT0S..PT10M;
 *     doubled with each return in a row
 * @param healthyForMax the longest that gets, from {@code healthyFor} to PT1H
 * @param calmAfter so long on the primary, and the returns in a row are forgotten, PT0S..PT24H
 * @param probeShare the share of records that the primary takes while it is probed, 0..0.5; 0: it
 *     is not probed
 * @param probeFor how long it is probed, PT0S..PT10M
 * @param retry how often and when the route's agents try again what failed
 */
public record PlannedRoute(
    String name,
    String primary,
    String fallback,
    List<Condition> leaveWhen,
    Duration staleAfter,
    Duration dwell,
    Duration healthyFor,
    Duration healthyForMax,
    Duration calmAfter,
    double probeShare,
    Duration probeFor,
    RetryPolicy retry) {

  /** Takes a copy. */
  public PlannedRoute {
    leaveWhen = List.copyOf(leaveWhen);
  }
}
