/**
 * The products most looked at right now: sliding sums of the last minute of event time.
 *
 * <p>{@link io.tillstream.operators.aggregation.trending.TrendPanes} (one subtask's products) and
 * {@link io.tillstream.operators.aggregation.trending.TopMerge} (all of them) are the cores,
 * without Flink. What may come in: what decides the list, and how it is shown. Nothing here is
 * exact money.
 */
package io.tillstream.operators.aggregation.trending;
