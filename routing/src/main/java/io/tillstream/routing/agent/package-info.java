/**
 * Agents: the states they can be in, how they report, and the figures of their health that are no
 * single agent's: error rates, latencies.
 *
 * <p>What may come in: what every agent says of itself. What one agent does stays with that agent's
 * operator.
 */
package io.tillstream.routing.agent;
