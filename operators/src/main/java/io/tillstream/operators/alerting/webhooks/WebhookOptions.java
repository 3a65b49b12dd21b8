package io.tillstream.operators.alerting.webhooks;

import io.tillstream.operators.alerting.webhooks.sending.Backoff;
import java.io.Serializable;
import java.time.Duration;

/**
 * How webhooks are sent.
 *
 * @param allowPrivate whether they may go to loopback, private and other special addresses
 * @param secretsFile a properties file on the machine that sends, or empty for none
 * @param timeout how long one attempt may take in all, 100 ms..1 min
 * @param topic the alerts' topic, named in dead letters
 * @param backoff how often and after what pauses a webhook is tried again
 * @param queue how many may wait for one destination, those in flight included, 1..100,000
 * @param inFlight how many may be on their way to one destination at once, 1..64
 * @param destinations how many destinations may have something waiting, 1..10,000
 * @param retryAfter the longest wait that a receiver may ask for, 1 s..1 h
 */
public record WebhookOptions(
    boolean allowPrivate,
    String secretsFile,
    Duration timeout,
    String topic,
    Backoff backoff,
    int queue,
    int inFlight,
    int destinations,
    Duration retryAfter)
    implements Serializable {
  /** The least {@link #timeout}. */
  public static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);

  /** The greatest {@link #timeout}. */
  public static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

  /** Checks the bounds. */
  public WebhookOptions {
    check("timeout", timeout, SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
    check("queue", queue, 1, 100_000);
    check("inFlight", inFlight, 1, 64);
    check("destinations", destinations, 1, 10_000);
    check("retryAfter", retryAfter, Duration.ofSeconds(1), Duration.ofHours(1));
    if (secretsFile == null) {
      throw new IllegalArgumentException("secretsFile must be a path or empty, not null");
    }
  }

  /**
   * The usual bounds: 1,000 waiting and 8 on their way for each destination, 8 attempts within
   * about ten minutes.
   */
  public static WebhookOptions of(
      boolean allowPrivate, String secretsFile, Duration timeout, String topic) {
    return new WebhookOptions(
        allowPrivate,
        secretsFile,
        timeout,
        topic,
        Backoff.standard(),
        1_000,
        8,
        256,
        Duration.ofMinutes(5));
  }

  private static <T extends Comparable<T>> void check(String field, T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          field + " must be " + least + ".." + most + ", not " + value);
    }
  }
}
