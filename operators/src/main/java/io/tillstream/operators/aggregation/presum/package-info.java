/**
 * Pre-sums: many lines of a hot product become one change of its row before they cross the network.
 *
 * <p>What may come in: arithmetic over events that lives in memory between two barriers. What must
 * survive a crash stands in {@code sums}.
 */
package io.tillstream.operators.aggregation.presum;
