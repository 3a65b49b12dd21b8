/**
 * The row of numbers as it leaves: its fields, its binary form between operators, its JSON.
 *
 * <p>What may come in: what the outward contract says of {@code shop-metrics}. No Flink import.
 */
package io.tillstream.operators.aggregation.rows;
