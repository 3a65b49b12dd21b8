/**
 * When to try again and when to stop trying: the retry policy and the circuit breaker.
 *
 * <p>What may come in: pure decisions about failures, with the time handed in. Whoever waits,
 * schedules or calls is elsewhere.
 */
package io.tillstream.routing.retry;
