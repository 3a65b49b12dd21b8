package io.tillstream.local.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Bounded waits on a condition. */
public final class Wait {
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** A condition that may fail by throwing, which counts as not yet. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  private Wait() {}

  /**
   * Waits until the condition holds.
   *
   * @param what completes the sentence "… within 30 s"
   * @throws StackException when it does not within the time, with the last reason
   */
  public static void until(Duration atMost, String what, Condition condition) {
    long deadline = System.nanoTime() + atMost.toNanos();
    Exception last = null;
    while (true) {
      try {
        if (condition.holds()) {
          return;
        }
        last = null;
      } catch (StackException fatal) {
        throw fatal;
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new StackException("interrupted while waiting: " + what, interrupted);
      } catch (Exception notYet) {
        last = notYet;
      }
      if (System.nanoTime() > deadline) {
        throw new StackException(
            what + ": not within " + atMost.toSeconds() + " s" + reason(last), last);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new StackException("interrupted while waiting: " + what);
      }
    }
  }

  private static String reason(Exception last) {
    if (last == null) {
      return "";
    }
    String text = last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
    return " (" + text.lines().findFirst().orElse("") + ")";
  }
}
