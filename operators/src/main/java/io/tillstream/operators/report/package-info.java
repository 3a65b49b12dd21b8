/**
 * How an operator gets its agent's voice: from Flink's task, clock, checkpoints and metrics.
 *
 * <p>What may come in: what every agent's operators need to report. What one of them has to say
 * stays with it.
 */
package io.tillstream.operators.report;
