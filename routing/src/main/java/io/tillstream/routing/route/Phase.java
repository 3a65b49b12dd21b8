package io.tillstream.routing.route;

/** How far a route is on its way from the primary and back. */
public enum Phase {
  /** On the primary. */
  PRIMARY,
  /** On the fallback, until the primary has been well for long enough. */
  FALLBACK,
  /** On the fallback, and a share of the records tries the primary. */
  PROBING
}
