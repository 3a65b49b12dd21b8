package io.tillstream.operators.enrichment.lookup;

import io.tillstream.routing.retry.CircuitBreaker;
import java.util.LinkedHashMap;
import java.util.Map;

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
 * @param waiting those of them that wait for a connection
 * @param inUse connections at work
 * @param idle connections at rest
 * @param probeNanos how long the last good probe took
 * @param breaker what the breaker lets through
 * @param breakerSince how long it has done so, in nanoseconds
 * @param errorRate failed / tried over about ten seconds, 0..1
 * @param lastError the newest failure in words, or null
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
    long probeNanos,
    CircuitBreaker.State breaker,
    long breakerSince,
    double errorRate,
    String lastError) {

  /** The indicators of an agent's report. */
  public Map<String, Double> indicators() {
    Map<String, Double> map = new LinkedHashMap<>();
    map.put("cache_hit_ratio", hits + misses == 0 ? 1.0 : (double) hits / (hits + misses));
    map.put("pending_keys", (double) pending);
    map.put("redis_pool_in_use", (double) inUse);
    map.put("redis_pool_idle", (double) idle);
    map.put("redis_pool_waiting", (double) waiting);
    map.put("redis_probe_ms", probeNanos / 1e6);
    map.put("redis_batches", (double) batches);
    map.put("redis_errors", (double) errors);
    map.put(
        "breaker_open",
        switch (breaker) {
          case CLOSED -> 0.0;
          case HALF_OPEN -> 0.5;
          case OPEN -> 1.0;
        });
    return map;
  }
}
