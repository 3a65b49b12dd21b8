/**
 * The figures that enrichment and aggregation exchange: what a line counts, under which row, and
 * what is still owed.
 *
 * <p>What may come in: plain data between agents and its exact arithmetic. No Flink import.
 */
package io.tillstream.operators.figures;
