package io.tillstream.routing.retry;

import java.io.Serializable;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often and after what pause something that failed is tried again: exponential, with jitter so
 * that those who failed together do not come back together.
 *
 * @param maxRetries tries after the first one, 0..3
 * @param firstDelay the pause before the first retry, 1 ms..1 min
 * @param factor how much longer each further pause is, 1..10
 * @param maxDelay the longest pause before jitter, from {@code firstDelay} to 1 h
 * @param jitter how much of a pause is left to chance, 0..1: the pause is between {@code (1 -
 *     jitter)} times and once its length
 */
public record RetryPolicy(
    int maxRetries, Duration firstDelay, double factor, Duration maxDelay, double jitter)
    implements Serializable {

  /** The most retries any policy allows. */
  public static final int MOST_RETRIES = 3;

  /** Checks the bounds. */
  public RetryPolicy {
    Bounds.check("maxRetries", maxRetries, 0, MOST_RETRIES);
    Bounds.check("firstDelay", firstDelay, Duration.ofMillis(1), Duration.ofMinutes(1));
    Bounds.check("factor", factor, 1, 10);
    Bounds.check("maxDelay", maxDelay, firstDelay, Duration.ofHours(1));
    Bounds.check("jitter", jitter, 0, 1);
  }

  /** Three retries after about 20, 40 and 80 ms. */
  public static RetryPolicy standard() {
    return new RetryPolicy(MOST_RETRIES, Duration.ofMillis(20), 2, Duration.ofMillis(200), 0.5);
  }

  /** Whether a further try is allowed after {@code attempts} failed ones. */
  public boolean allows(int attempts) {
    return attempts <= maxRetries;
  }

  /**
   * The pause before the next try, in nanoseconds.
   *
   * @param attempts how many tries failed so far, from 1
   */
  public long delayNanos(int attempts, RandomGenerator random) {
    double exact = firstDelay.toNanos() * Math.pow(factor, attempts - 1.0);
    double capped = Math.min(exact, maxDelay.toNanos());
    return (long) (capped * (1 - jitter * random.nextDouble()));
  }
}
