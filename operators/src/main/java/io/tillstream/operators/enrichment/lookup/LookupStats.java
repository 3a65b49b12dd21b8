package io.tillstream.operators.enrichment.lookup;

import io.tillstream.routing.agent.HealthIndicator;
import io.tillstream.routing.retry.CircuitBreaker;

/**
 * How look-ups are doing.
 *
 * @param hits questions the cache answered
 * @param misses questions it did not
 * @param lookups keys asked of the catalog, or refused by the open breaker
 * @param failures those of them that got no answer
 * @param batches round trips begun
 * @param errors round trips and probes that failed
 * @param pending keys on their way
 * @param waiting round trips that wait because all connections are at work
 * @param inUse connections at work
 * @param idle connections at rest
 * @param hitRatio the share of questions lately that the cache answered; 1 if there were none
 * @param probeNanos how long the last probe took; while one goes unanswered, how long it has
 * @param breaker what the breaker lets through
 * @param errorRate failed / tried lately, 0..1
 */
public record LookupStats(
    long hits,
    long misses,
    long lookups,
    long failures,
    long batches,
    long errors,
    int pending,
    int waiting,
    int inUse,
    int idle,
    double hitRatio,
    long probeNanos,
    CircuitBreaker.State breaker,
    double errorRate)
    implements HealthIndicator {

  @Override
  public void read(Readings out) {
    out.put("cache_hit_ratio", hitRatio);
    out.put("pending_keys", pending);
    out.put("redis_pool_in_use", inUse);
    out.put("redis_pool_idle", idle);
    out.put("redis_pool_waiting", waiting);
    out.put("redis_probe_ms", probeNanos / 1e6);
    out.put("redis_batches", batches);
    out.put("redis_errors", errors);
    out.put(
        "breaker_open",
        switch (breaker) {
          case CLOSED -> 0.0;
          case HALF_OPEN -> 0.5;
          case OPEN -> 1.0;
        });
  }
}
