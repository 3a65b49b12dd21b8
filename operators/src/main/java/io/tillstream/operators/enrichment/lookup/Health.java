package io.tillstream.operators.enrichment.lookup;

import io.tillstream.routing.retry.CircuitBreaker.State;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the catalog answers and what it failed with last; told once a change. */
final class Health {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  private final AtomicLong errors = new AtomicLong();
  private final AtomicBoolean changed = new AtomicBoolean();
  private volatile Runnable listener = () -> {};
  private volatile boolean answering = true;
  private volatile String lastError;

  void onChange(Runnable newListener) {
    listener = newListener;
  }

  /** A call failed. */
  void failed(Throwable cause) {
    errors.incrementAndGet();
    lastError = String.valueOf(cause.getMessage());
    if (cause instanceof LookupFailure) {
      LOG.debug("look-up failed", cause);
    } else {
      LOG.warn("look-up failed", cause);
    }
  }

  /** The breaker is in this state now. One thread at a time. */
  void note(State state) {
    boolean now = state == State.CLOSED;
    if (now == answering) {
      return;
    }
    answering = now;
    changed.set(true);
    if (now) {
      LOG.info("The catalog answers again.");
    } else {
      LOG.warn("Look-ups stop, the catalog does not answer: {}", lastError);
    }
  }

  /** Tells a change, if there was one; never under a lock. */
  void tell() {
    if (changed.getAndSet(false)) {
      listener.run();
    }
  }

  boolean isAnswering() {
    return answering;
  }

  long errors() {
    return errors.get();
  }

  String lastError() {
    return lastError;
  }
}
