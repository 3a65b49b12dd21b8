package io.tillstream.routing.route;

/**
 * Where a route leads now, as routers know it.
 *
 * @param route the route's name, such as {@code enrichment}
 * @param mode who decides
 * @param primary true if the primary agent takes the records, false if the fallback does
 * @param epoch grows with every decision; 0 before the first
 */
public record RouteState(String route, Mode mode, boolean primary, long epoch) {
  /** What holds before anything was decided: the primary agent, automatically. */
  public static RouteState initial(String route) {
    return new RouteState(route, Mode.AUTO, true, 0);
  }
}
