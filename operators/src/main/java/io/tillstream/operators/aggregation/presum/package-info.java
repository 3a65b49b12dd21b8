/**
 * Pre-sums: many lines of a hot product become one change of its row before they cross the network.
 *
 * <p>Here is the boundary of the aggregation and of its backup, event by event: what the route
 * gives to the other one, and what the core does not take in all its tries. Failures behind it, in
 * the keyed sums, in state or in a sink, restart the job.
 *
 * <p>What may come in: arithmetic over events that lives in memory between two barriers, and what
 * becomes of an event that it refuses. What must survive a crash stands in {@code sums}.
 */
package io.tillstream.operators.aggregation.presum;
