/**
 * The enrichment agent: events get their categories and segments, or leave without when nobody
 * answers.
 *
 * <p>What may come in: how events wait for answers and how the agent stands in a topology. Getting
 * an answer is {@code lookup}'s part, making up for a missing one {@code repair}'s.
 */
package io.tillstream.operators.enrichment;
