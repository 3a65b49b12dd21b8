package io.tillstream.it;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Bounded waits on a condition. A look that throws counts as not yet. */
final class Await {
  private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

  private Await() {}

  /**
   * Waits until the condition holds.
   *
   * @param what completes the sentence "… was not within 30 s"
   */
  static void until(String what, Duration atMost, Callable<Boolean> condition) {
    value(what, atMost, condition, holds -> holds);
  }

  /** Waits until the clock says so: for what has to last so long. */
  static void until(Instant end) {
    until(
        "it is " + end,
        Duration.between(Instant.now(), end).plusSeconds(5),
        () -> !Instant.now().isBefore(end));
  }

  /**
   * Looks again and again until it sees enough.
   *
   * @return what was seen then
   * @throws AssertionError with what was seen last, if it is never enough
   */
  static <T> T value(String what, Duration atMost, Callable<T> look, Predicate<T> enough) {
    long deadline = System.nanoTime() + atMost.toNanos();
    Object last = null;
    while (true) {
      try {
        T seen = look.call();
        if (enough.test(seen)) {
          return seen;
        }
        last = seen;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting: " + what, e);
      } catch (Exception notYet) {
        last = notYet;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "%s: was not within %d s; last seen: %s".formatted(what, atMost.toSeconds(), last));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
