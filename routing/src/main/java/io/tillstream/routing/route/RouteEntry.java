package io.tillstream.routing.route;

/**
 * What the orchestrator knows of a route.
 *
 * @param state where it leads
 * @param since epoch milliseconds at which its mode or direction last changed
 * @param reason why it leads there, in words a person understands
 */
public record RouteEntry(RouteState state, long since, String reason) {}
