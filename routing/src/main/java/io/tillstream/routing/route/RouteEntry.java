package io.tillstream.routing.route;

/**
 * What the orchestrator knows of a route.
 *
 * @param state where it leads
 * @param since epoch milliseconds at which its mode or direction last changed
 * @param reason why it leads there, in words a person understands
 * @param phase how far it is; while it is only observed: how far it would be
 * @param phaseAt when the phase began, in experienced milliseconds
 * @param switchedAt when it last changed its path, in experienced milliseconds; {@link #NEVER}
 * @param returns how often in a row it came back to the primary without a calm time between
 * @param switches how often it changed its path, whoever wanted it
 * @param fallbackMillis how long it was on the fallback, in experienced milliseconds
 * @param would while it is only observed: whether it would lead to the primary; else null
 */
public record RouteEntry(
    RouteState state,
    long since,
    String reason,
    Phase phase,
    long phaseAt,
    long switchedAt,
    int returns,
    long switches,
    long fallbackMillis,
    Boolean would) {
  /** No time. */
  public static final long NEVER = Long.MIN_VALUE;

  /** A route of which nothing happened yet. */
  public RouteEntry(RouteState state, long since, String reason) {
    this(
        state,
        since,
        reason,
        state.primary() ? Phase.PRIMARY : Phase.FALLBACK,
        0,
        NEVER,
        0,
        0,
        0,
        state.mode() == Mode.OBSERVE ? state.primary() : null);
  }

  /** Whether the orchestrator decides about it, if only in its thoughts. */
  boolean isThoughtAbout() {
    return state.mode() == Mode.AUTO || state.mode() == Mode.OBSERVE;
  }

  /** Whether it leads to the primary, or would if it were not only observed. */
  boolean leansToPrimary() {
    return would == null ? state.primary() : would;
  }

  RouteEntry withState(RouteState newState) {
    return new RouteEntry(
        newState,
        since,
        reason,
        phase,
        phaseAt,
        switchedAt,
        returns,
        switches,
        fallbackMillis,
        would);
  }

  RouteEntry withPhase(Phase newPhase, long at) {
    return new RouteEntry(
        state, since, reason, newPhase, at, switchedAt, returns, switches, fallbackMillis, would);
  }

  RouteEntry withReturns(int newReturns) {
    return new RouteEntry(
        state,
        since,
        reason,
        phase,
        phaseAt,
        switchedAt,
        newReturns,
        switches,
        fallbackMillis,
        would);
  }

  RouteEntry withWould(Boolean newWould) {
    return new RouteEntry(
        state,
        since,
        reason,
        phase,
        phaseAt,
        switchedAt,
        returns,
        switches,
        fallbackMillis,
        newWould);
  }

  RouteEntry withSwitchedAt(long at) {
    return new RouteEntry(
        state, since, reason, phase, phaseAt, at, returns, switches, fallbackMillis, would);
  }

  RouteEntry withReason(String newReason, long newSince) {
    return new RouteEntry(
        state,
        newSince,
        newReason,
        phase,
        phaseAt,
        switchedAt,
        returns,
        switches,
        fallbackMillis,
        would);
  }

  RouteEntry switched(long at) {
    return new RouteEntry(
        state, since, reason, phase, phaseAt, at, returns, switches + 1, fallbackMillis, would);
  }

  RouteEntry onFallbackFor(long millis) {
    return new RouteEntry(
        state,
        since,
        reason,
        phase,
        phaseAt,
        switchedAt,
        returns,
        switches,
        fallbackMillis + millis,
        would);
  }
}
