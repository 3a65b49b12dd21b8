package io.tillstream.routing.route;

/**
 * One decision of the orchestrator.
 *
 * @param fromPrimary where the route led before
 * @param state how things are from now on; its epoch is higher than that of every earlier decision
 * @param reason in words a person understands
 * @param by who: {@code orchestrator} or a person's name
 * @param at when, in epoch milliseconds
 * @param commandId the command that led to it, or null
 * @param wouldPrimary while it only observes: where it would lead; else null
 */
public record Decision(
    boolean fromPrimary,
    RouteState state,
    String reason,
    String by,
    long at,
    String commandId,
    Boolean wouldPrimary) {

  /** A decision that nothing is observed about. */
  public Decision(
      boolean fromPrimary, RouteState state, String reason, String by, long at, String commandId) {
    this(fromPrimary, state, reason, by, at, commandId, null);
  }

  /** The route's name. */
  public String route() {
    return state.route();
  }

  /** Where the route leads from now on. */
  public boolean toPrimary() {
    return state.primary();
  }

  /** Who decides from now on. */
  public Mode mode() {
    return state.mode();
  }

  /** Higher than that of every earlier decision. */
  public long epoch() {
    return state.epoch();
  }
}
