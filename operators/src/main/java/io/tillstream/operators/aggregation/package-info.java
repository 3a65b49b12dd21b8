/**
 * The aggregation agent: how pre-sums and keyed sums stand in the topology, and what can be set.
 *
 * <p>What may come in: options and composition. Arithmetic stands in {@code presum} and {@code
 * sums}, the outgoing row in {@code rows}.
 */
package io.tillstream.operators.aggregation;
