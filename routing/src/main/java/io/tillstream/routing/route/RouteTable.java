package io.tillstream.routing.route;

import io.tillstream.routing.plan.RoutePlan;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A router's copy of the routes. Decisions arrive in different orders at different subtasks, so
 * {@link #apply} takes only a higher epoch: then every order ends in the same table.
 */
public final class RouteTable {
  /** The route of product and shopper look-ups; its fallback is the bypass. */
  public static final String ENRICHMENT = RoutePlan.ENRICHMENT;

  /** The route of the sums; its fallback is the backup aggregation. */
  public static final String AGGREGATION = RoutePlan.AGGREGATION;

  /** What stands in for the enrichment: defaults, to be repaired later. */
  public static final String BYPASS = "bypass";

  private final Map<String, RouteState> states = new ConcurrentHashMap<>();

  /** Takes over {@code state} unless a decision at least as new is known; tells whether it did. */
  public boolean apply(RouteState state) {
    RouteState known = states.get(state.route());
    if (known != null && known.epoch() >= state.epoch()) {
      return false;
    }
    states.put(state.route(), state);
    return true;
  }

  /** The state of {@code route}; the initial one if nothing was decided yet. */
  public RouteState of(String route) {
    RouteState state = states.get(route);
    return state == null ? RouteState.initial(route) : state;
  }

  /** Every state known by a decision. */
  public Iterable<RouteState> known() {
    return states.values();
  }
}
