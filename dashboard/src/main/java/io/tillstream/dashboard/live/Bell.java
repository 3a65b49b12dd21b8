package io.tillstream.dashboard.live;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** What wakes the broadcaster: a change is heard at the next beat, a newcomer at once. */
final class Bell {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rung = lock.newCondition();
  private final LongSupplier nanos;
  private boolean change;
  private boolean newcomer;

  Bell(LongSupplier nanos) {
    this.nanos = nanos;
  }

  void change() {
    lock.lock();
    try {
      if (!change) {
        change = true;
        rung.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  void newcomer() {
    lock.lock();
    try {
      newcomer = true;
      rung.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a newcomer; or for a change and the beat; or for the calm beat.
   *
   * @return whether there is a newcomer
   */
  boolean await(long beat, long calmBeat) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!newcomer) {
        long rest = (change ? beat : calmBeat) - nanos.getAsLong();
        if (rest <= 0) {
          change = false;
          return false;
        }
        long unused = rung.awaitNanos(rest);
      }
      newcomer = false;
      return true;
    } finally {
      lock.unlock();
    }
  }
}
