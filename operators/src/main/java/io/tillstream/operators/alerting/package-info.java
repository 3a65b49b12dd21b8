/**
 * The alert agent as a piece of topology: the rules in force, the watch over the rows, the
 * webhooks.
 *
 * <p>What may come in: how its parts are put together, and their options. The parts have rooms of
 * their own; what a rule means and when an episode begins or ends stands in {@code routing.alert}.
 */
package io.tillstream.operators.alerting;
