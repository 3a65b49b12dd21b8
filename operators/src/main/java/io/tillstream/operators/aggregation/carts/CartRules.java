package io.tillstream.operators.aggregation.carts;

import java.io.Serializable;
import java.time.Duration;

/**
 * The lengths of time that decide about carts, all in milliseconds of event time.
 *
 * @param timeout how long after its last activity a cart is abandoned, above 0
 * @param window the length of a metrics window, above 0
 * @param lateness how long after its end a window still takes events, from 0
 */
public record CartRules(long timeout, long window, long lateness) implements Serializable {
  /** Stands for no moment at all. */
  static final long NEVER = Long.MAX_VALUE;

  /** Checks the bounds. */
  public CartRules {
    if (timeout <= 0) {
      throw new IllegalArgumentException("cart timeout must be above 0 ms, not " + timeout);
    }
    if (window <= 0) {
      throw new IllegalArgumentException("window must be above 0 ms, not " + window);
    }
    if (lateness < 0) {
      throw new IllegalArgumentException("lateness must not be below 0 ms, as " + lateness + " is");
    }
  }

  /** The rules of these options. */
  public static CartRules of(Duration timeout, Duration window, Duration lateness) {
    return new CartRules(timeout.toMillis(), window.toMillis(), lateness.toMillis());
  }

  /** The start of the window that holds {@code moment}. */
  public long windowStart(long moment) {
    return Math.floorDiv(moment, window) * window;
  }

  /**
   * The oldest moment an event may still have: older ones are late at this watermark and were
   * sorted out before.
   */
  long horizon(long watermark) {
    if (watermark <= Long.MIN_VALUE + lateness + window) {
      return Long.MIN_VALUE; // no watermark yet
    }
    // In this order MAX_VALUE, the end of all input, does not overflow.
    return watermark == Long.MAX_VALUE ? watermark : windowStart(watermark - lateness + 1);
  }

  /** The first watermark at which nothing older than {@code moment} can come any more. */
  long finalAt(long moment) {
    return windowStart(moment + window - 1) - 1 + lateness;
  }
}
