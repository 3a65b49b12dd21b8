package io.tillstream.routing.retry;

import java.io.Serializable;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Stops calls to something that keeps failing, and lets one probe find out when it is back. Not
 * thread-safe.
 */
public final class CircuitBreaker {

  /** What the breaker lets through. */
  public enum State {
    /** Everything. */
    CLOSED,
    /** Nothing, until the pause is over. */
    OPEN,
    /** One probe, whose end decides. */
    HALF_OPEN
  }

  /**
   * When it opens and for how long.
   *
   * @param failures failed calls in a row that open it, 1..1000
   * @param pause how long it stays open before a probe, 1 ms..1 h
   */
  public record Settings(int failures, Duration pause) implements Serializable {

    /** Checks the bounds. */
    public Settings {
      Bounds.check("failures", failures, 1, 1000);
      Bounds.check("pause", pause, Duration.ofMillis(1), Duration.ofHours(1));
    }

    /** Five failures in a row; a probe after half a second. */
    public static Settings standard() {
      return new Settings(5, Duration.ofMillis(500));
    }
  }

  private final Settings settings;
  private final LongSupplier nanos;
  private State state = State.CLOSED;
  private int failuresInRow;
  private long openedAt;

  /**
   * A closed breaker.
   *
   * @param nanos a clock that only goes forward, in nanoseconds, as {@link System#nanoTime}
   */
  public CircuitBreaker(Settings settings, LongSupplier nanos) {
    this.settings = settings;
    this.nanos = nanos;
  }

  /** What it lets through now. */
  public State state() {
    return state;
  }

  /** Whether calls may be made. */
  public boolean isClosed() {
    return state == State.CLOSED;
  }

  /**
   * Asks for the one probe: true at most once for each pause, and then the breaker is half-open
   * until the probe's end is told by {@link #succeeded} or {@link #failed}.
   */
  public boolean tryProbe() {
    if (state != State.OPEN || nanos.getAsLong() - openedAt < settings.pause().toNanos()) {
      return false;
    }
    state = State.HALF_OPEN;
    return true;
  }

  /** A call ended well. While open, that is an old call and tells nothing. */
  public void succeeded() {
    if (state != State.OPEN) {
      state = State.CLOSED;
      failuresInRow = 0;
    }
  }

  /** A call failed; tells whether this opened the breaker. */
  public boolean failed() {
    if (state == State.CLOSED && ++failuresInRow < settings.failures()) {
      return false;
    }
    return trip();
  }

  /** Opens it whatever came before; tells whether it was closed or half-open. */
  public boolean trip() {
    if (state == State.OPEN) {
      return false;
    }
    state = State.OPEN;
    failuresInRow = 0;
    openedAt = nanos.getAsLong();
    return true;
  }
}
