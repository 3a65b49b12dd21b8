/**
 * Look-ups: questions to the catalog, their answers, the cache in front and the Redis behind.
 *
 * <p>What may come in: how an answer is got, kept, retried and given up. What is asked for, and
 * what is done with the answer, stays with the operators. No Flink import.
 */
package io.tillstream.operators.enrichment.lookup;
