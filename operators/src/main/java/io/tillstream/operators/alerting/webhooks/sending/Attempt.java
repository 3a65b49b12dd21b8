package io.tillstream.operators.alerting.webhooks.sending;

import java.util.concurrent.Future;
import java.util.function.Consumer;

/** One attempt: whatever comes first, its answer, its failure or its time-out, ends it. */
final class Attempt {
  private final Consumer<Reply> done;
  private Future<?> timer;
  private Future<?> request;
  private Reply head;
  private boolean ended;

  Attempt(Consumer<Reply> done) {
    this.done = done;
  }

  synchronized void timer(Future<?> started) {
    timer = started;
    if (ended) {
      started.cancel(false);
    }
  }

  synchronized void request(Future<?> started) {
    request = started;
    if (ended) {
      started.cancel(true);
    }
  }

  /**
   * The receiver's judgement is known; what follows is its answer's body, which changes nothing.
   */
  synchronized void head(Reply reply) {
    head = reply;
  }

  /** Ends it with what the receiver said, or with {@code otherwise} if it said nothing yet. */
  void end(Reply otherwise) {
    Future<?> pendingTimer;
    Future<?> pendingRequest;
    Reply reply;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      reply = head == null ? otherwise : head;
      pendingTimer = timer;
      pendingRequest = request;
    }
    if (pendingTimer != null) {
      pendingTimer.cancel(false);
    }
    if (pendingRequest != null) {
      pendingRequest.cancel(true); // nothing to cancel if it has ended by itself
    }
    done.accept(reply);
  }

  synchronized boolean hasEnded() {
    return ended;
  }
}
