package io.tillstream.routing.event;

/**
 * What travels on a route behind the router: events, and among them what those behind must know of
 * the routes themselves.
 */
public interface Routed {}
