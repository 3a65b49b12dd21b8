/**
 * Making up for answers that were missing when lines were counted: what is owed, for how long, and
 * what changes once the answer is there.
 *
 * <p>What may come in: debts and their payment. How lines are counted at first is the aggregation's
 * part, how an answer is got {@code lookup}'s.
 */
package io.tillstream.operators.enrichment.repair;
