package io.tillstream.routing.route;

/**
 * That something was told about a route, and a decision has to answer it.
 *
 * @param told what, in a sentence's first half
 * @param by who
 * @param commandId the command, or null
 * @param fromPrimary where the route led before
 * @param changesMode whether somebody else decides about it from now on
 */
record Wish(String told, String by, String commandId, boolean fromPrimary, boolean changesMode) {}
