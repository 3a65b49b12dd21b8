package io.tillstream.routing.route;

/**
 * One decision of the orchestrator.
 *
 * @param route the route's name
 * @param fromPrimary where it led before
 * @param toPrimary where it leads from now on
 * @param mode who decides from now on
 * @param epoch higher than that of every earlier decision on the route
 * @param reason in words a person understands
 * @param by who: {@code orchestrator} or a person's name
 * @param at when, in epoch milliseconds
 * @param commandId the command that led to it, or null
 */
public record Decision(
    String route,
    boolean fromPrimary,
    boolean toPrimary,
    Mode mode,
    long epoch,
    String reason,
    String by,
    long at,
    String commandId) {

  /** What routers keep of it. */
  public RouteState state() {
    return new RouteState(route, mode, toPrimary, epoch);
  }
}
