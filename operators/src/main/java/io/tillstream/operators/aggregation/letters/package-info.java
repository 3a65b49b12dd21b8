/**
 * Dead letters of events that no aggregation could take.
 *
 * <p>What may come in: how a refused event becomes a letter with its original bytes. When an event
 * is refused is decided in {@code presum}.
 */
package io.tillstream.operators.aggregation.letters;
