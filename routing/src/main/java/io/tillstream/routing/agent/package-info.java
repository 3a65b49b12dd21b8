/**
 * Agents: the states they can be in and how they report.
 *
 * <p>What may come in: what every agent says of itself. What one agent does stays with that agent's
 * operator.
 */
package io.tillstream.routing.agent;
