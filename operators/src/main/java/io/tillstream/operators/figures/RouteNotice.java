package io.tillstream.operators.figures;

import io.tillstream.routing.event.Routed;
import io.tillstream.routing.route.RouteState;

/**
 * What a router knows of a route, told in-band to everybody behind it: before the first event that
 * goes by the new state, and once more after a restore, so that nobody behind needs state for it.
 * Whoever gets notices of several routers keeps the one with the highest epoch.
 */
public record RouteNotice(RouteState state) implements Routed, Enriched {}
