package io.tillstream.operators.alerting.webhooks.sending;

import java.io.Serializable;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often and after what pauses a webhook is tried again: exponential, with jitter so that what
 * failed together does not come back together. Other bounds than those of a retry within the
 * pipeline: nobody waits for a webhook, and its receiver may be away for minutes.
 *
 * @param attempts tries in all, 1..20
 * @param first the pause after the first failed one, 1 ms..1 h
 * @param factor how much longer each further pause is, 1..10
 * @param jitter how much of a pause is left to chance, 0..1
 */
public record Backoff(int attempts, Duration first, double factor, double jitter)
    implements Serializable {
  private static final long LONGEST_MS = Duration.ofHours(1).toMillis();

  /** Checks the bounds. */
  public Backoff {
    check("attempts", attempts, 1, 20);
    check("first", (double) first.toMillis(), 1, (double) LONGEST_MS);
    check("factor", factor, 1, 10);
    check("jitter", jitter, 0, 1);
  }

  /** Eight attempts: pauses of about 1, 3, 7, 20, 53, 143 and 387 s, together ten minutes. */
  public static Backoff standard() {
    return new Backoff(8, Duration.ofSeconds(1), 2.7, 0.2);
  }

  /** Whether another attempt is allowed after so many failed ones. */
  public boolean allows(int failed) {
    return failed < attempts;
  }

  /**
   * The pause before the next attempt, in milliseconds.
   *
   * @param failed how many attempts failed so far, from 1
   */
  public long pauseMillis(int failed, RandomGenerator random) {
    double whole =
        Math.min((double) first.toMillis() * Math.pow(factor, failed - 1.0), (double) LONGEST_MS);
    return Math.max(1, (long) (whole * (1 - jitter * random.nextDouble())));
  }

  private static void check(String field, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "backoff " + field + " must be " + least + ".." + most + ", not " + value);
    }
  }
}
