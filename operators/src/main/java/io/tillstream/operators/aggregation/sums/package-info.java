/**
 * Keyed sums: the rows, when they are published, when a window closes, how long its rows are kept,
 * and what a crash leaves to be superseded.
 *
 * <p>What may come in: the cores ({@link io.tillstream.operators.aggregation.sums.Sums}, {@link
 * io.tillstream.operators.aggregation.sums.Lookback}) and the one Flink operator around them.
 */
package io.tillstream.operators.aggregation.sums;
