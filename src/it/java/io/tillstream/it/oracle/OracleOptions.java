package io.tillstream.it.oracle;

import java.time.Duration;

/**
 * The options the job ran with, as the contract names them.
 *
 * @param degradedAllowed whether lines without an answer may remain (Redis still away, a route
 *     pinned): then categories and segments are only compared in sum
 * @param failedAllowed whether good events may lie in {@code dead-letters} because neither
 *     aggregation could take them; else each of them is a difference
 */
public record OracleOptions(
    Duration window,
    Duration lateness,
    Duration dedupWindow,
    Duration cartTimeout,
    Duration outOfOrderness,
    Duration maxAhead,
    boolean degradedAllowed,
    boolean failedAllowed) {

  /** What the contract says unless told otherwise. */
  public static OracleOptions defaults() {
    return new OracleOptions(
        Duration.ofMinutes(1),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(30),
        Duration.ofSeconds(5),
        Duration.ofHours(1),
        false,
        false);
  }

  public OracleOptions withWindow(Duration length) {
    return new OracleOptions(
        length,
        lateness,
        dedupWindow,
        cartTimeout,
        outOfOrderness,
        maxAhead,
        degradedAllowed,
        failedAllowed);
  }

  public OracleOptions withLateness(Duration length) {
    return new OracleOptions(
        window,
        length,
        dedupWindow,
        cartTimeout,
        outOfOrderness,
        maxAhead,
        degradedAllowed,
        failedAllowed);
  }

  public OracleOptions withDedupWindow(Duration length) {
    return new OracleOptions(
        window,
        lateness,
        length,
        cartTimeout,
        outOfOrderness,
        maxAhead,
        degradedAllowed,
        failedAllowed);
  }

  public OracleOptions withCartTimeout(Duration length) {
    return new OracleOptions(
        window,
        lateness,
        dedupWindow,
        length,
        outOfOrderness,
        maxAhead,
        degradedAllowed,
        failedAllowed);
  }

  public OracleOptions allowingDegraded() {
    return new OracleOptions(
        window, lateness, dedupWindow, cartTimeout, outOfOrderness, maxAhead, true, failedAllowed);
  }

  /** The same, but the aggregations were made to refuse some events. */
  public OracleOptions allowingFailed() {
    return new OracleOptions(
        window,
        lateness,
        dedupWindow,
        cartTimeout,
        outOfOrderness,
        maxAhead,
        degradedAllowed,
        true);
  }

  /** Where the window of that moment begins, in milliseconds. */
  long windowStart(long time) {
    return Math.floorDiv(time, window.toMillis()) * window.toMillis();
  }
}
