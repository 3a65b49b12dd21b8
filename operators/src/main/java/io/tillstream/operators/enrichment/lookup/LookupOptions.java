package io.tillstream.operators.enrichment.lookup;

import io.tillstream.routing.retry.CircuitBreaker;
import io.tillstream.routing.retry.RetryPolicy;
import java.io.Serializable;
import java.time.Duration;

/**
 * How look-ups are batched, kept and given up.
 *
 * @param connections how many batches run at once, 1..64
 * @param batchSize the most keys in one round trip, 1..10,000
 * @param linger how long a key waits for company, 0..1 s
 * @param batchBound after how long a running batch is broken off, 1 ms..1 min
 * @param keyBound after how long a key gets no answer at the latest, retries and all, 10 ms..1 min
 * @param cacheTtl how long an answer holds, 1 ms..30 days
 * @param unknownTtl how long "no such" holds, 1 ms..30 days
 * @param maxProducts cached products, 0..100 million
 * @param maxUsers cached shoppers, 0..100 million
 * @param refreshAhead whether answers in use are asked again before they end
 * @param retry when a failed key is tried again
 * @param breaker when look-ups stop altogether
 * @param probeInterval how often a probe looks whether the catalog would answer, 10 ms..1 h
 */
public record LookupOptions(
    int connections,
    int batchSize,
    Duration linger,
    Duration batchBound,
    Duration keyBound,
    Duration cacheTtl,
    Duration unknownTtl,
    long maxProducts,
    long maxUsers,
    boolean refreshAhead,
    RetryPolicy retry,
    CircuitBreaker.Settings breaker,
    Duration probeInterval)
    implements Serializable {
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration MONTH = Duration.ofDays(30);
  private static final long MOST_CACHED = 100_000_000;

  /** Checks the bounds. */
  public LookupOptions {
    Checks.within("connections", connections, 1, 64);
    Checks.within("batchSize", batchSize, 1, 10_000);
    Checks.within("linger", linger, Duration.ZERO, Duration.ofSeconds(1));
    Checks.within("batchBound", batchBound, MILLI, MINUTE);
    Checks.within("keyBound", keyBound, Duration.ofMillis(10), MINUTE);
    Checks.within("cacheTtl", cacheTtl, MILLI, MONTH);
    Checks.within("unknownTtl", unknownTtl, MILLI, MONTH);
    Checks.within("maxProducts", maxProducts, 0, MOST_CACHED);
    Checks.within("maxUsers", maxUsers, 0, MOST_CACHED);
    Checks.notNull("retry", retry);
    Checks.notNull("breaker", breaker);
    Checks.within("probeInterval", probeInterval, Duration.ofMillis(10), Duration.ofHours(1));
  }

  /** What holds if nobody says otherwise. */
  public static LookupOptions standard() {
    return new LookupOptions(
        2,
        256,
        MILLI,
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMinutes(10),
        Duration.ofSeconds(10),
        200_000,
        500_000,
        true,
        RetryPolicy.standard(),
        CircuitBreaker.Settings.standard(),
        Duration.ofMillis(500));
  }

  /** The same with other time-outs. */
  public LookupOptions withBounds(Duration newBatchBound, Duration newKeyBound) {
    return new LookupOptions(
        connections,
        batchSize,
        linger,
        newBatchBound,
        newKeyBound,
        cacheTtl,
        unknownTtl,
        maxProducts,
        maxUsers,
        refreshAhead,
        retry,
        breaker,
        probeInterval);
  }

  /** The same with another cache. */
  public LookupOptions withCache(
      Duration newTtl, Duration newUnknownTtl, long newMaxProducts, long newMaxUsers) {
    return new LookupOptions(
        connections,
        batchSize,
        linger,
        batchBound,
        keyBound,
        newTtl,
        newUnknownTtl,
        newMaxProducts,
        newMaxUsers,
        refreshAhead,
        retry,
        breaker,
        probeInterval);
  }

  /** The same with other batches. */
  public LookupOptions withBatches(int newConnections, int newBatchSize, Duration newLinger) {
    return new LookupOptions(
        newConnections,
        newBatchSize,
        newLinger,
        batchBound,
        keyBound,
        cacheTtl,
        unknownTtl,
        maxProducts,
        maxUsers,
        refreshAhead,
        retry,
        breaker,
        probeInterval);
  }

  /** The same with other manners on failure. */
  public LookupOptions withFailures(
      RetryPolicy newRetry, CircuitBreaker.Settings newBreaker, Duration newProbeInterval) {
    return new LookupOptions(
        connections,
        batchSize,
        linger,
        batchBound,
        keyBound,
        cacheTtl,
        unknownTtl,
        maxProducts,
        maxUsers,
        refreshAhead,
        newRetry,
        newBreaker,
        newProbeInterval);
  }
}
