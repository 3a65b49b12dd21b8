package io.tillstream.operators.alerting.webhooks.sending;

import java.time.Duration;
import java.time.Instant;

/**
 * What came of one attempt, judged where it is made: nobody looks at status codes later.
 *
 * @param kind what follows from it
 * @param what in words, without anything secret
 * @param pause how long the receiver asks to wait before the next attempt, or null
 */
public record Reply(Kind kind, String what, Duration pause) {

  /** What follows from a reply. */
  public enum Kind {
    /** The receiver has it. */
    DONE,
    /** Worth another attempt. */
    RETRY,
    /** The receiver wants no more, ever. */
    GONE,
    /** No further attempt would help. */
    REFUSED
  }

  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  /**
   * The receiver answered.
   *
   * @param status the HTTP status
   * @param retryAfter the header {@code Retry-After}, or null
   */
  public static Reply of(int status, String retryAfter, Instant now) {
    Kind kind = kind(status);
    boolean mayAsk = status == TOO_MANY || status == UNAVAILABLE;
    String what = "HTTP " + status + (status / 100 == 3 ? " (redirects are not followed)" : "");
    return new Reply(kind, what, mayAsk ? RetryAfter.of(retryAfter, now) : null);
  }

  /** No answer came, or none that can be read. */
  public static Reply failed(String what) {
    return new Reply(Kind.RETRY, what, null);
  }

  /** It must not or cannot be sent. */
  public static Reply refused(String what) {
    return new Reply(Kind.REFUSED, what, null);
  }

  private static Kind kind(int status) {
    if (status / 100 == 2) {
      return Kind.DONE;
    }
    return switch (status) {
      case 410 -> Kind.GONE;
      case 408, 425, TOO_MANY -> Kind.RETRY;
      default -> status >= 500 && status <= 599 ? Kind.RETRY : Kind.REFUSED;
    };
  }
}
