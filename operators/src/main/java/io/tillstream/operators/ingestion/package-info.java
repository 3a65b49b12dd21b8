/**
 * The ingestion agent: reads the shop's records, parses them, keeps time, throws out what was seen
 * before, sets aside what came too late, and sends the rest down the route.
 *
 * <p>What may come in: whatever is judged of an event before its items are split. What is computed
 * of events stays with the other agents; where late events and dead letters are written is the
 * job's affair.
 */
package io.tillstream.operators.ingestion;
