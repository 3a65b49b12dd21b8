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
  private boolean givenUp;

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
    if (givenUp) {
      started.cancel(true);
    }
  }

  /**
   * The receiver's judgement is known; what follows is its answer's body, which changes nothing.
   */
  synchronized void head(Reply reply) {
    head = reply;
  }

  /** The client is done with it: its connection may be used again. */
  void end(Reply reply) {
    end(reply, false);
  }

  /**
   * Nobody waits any longer: the request is broken off and its connection closed.
   *
   * @param otherwise what came of it unless the receiver's judgement is known
   */
  void giveUp(Reply otherwise) {
    end(otherwise, true);
  }

  private void end(Reply otherwise, boolean breakOff) {
    Future<?> pendingTimer;
    Future<?> pendingRequest;
    Reply reply;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      givenUp = breakOff;
      reply = head == null ? otherwise : head;
      pendingTimer = timer;
      pendingRequest = request;
    }
    if (pendingTimer != null) {
      pendingTimer.cancel(false);
    }
    if (breakOff && pendingRequest != null) {
      pendingRequest.cancel(true);
    }
    done.accept(reply);
  }

  synchronized boolean hasEnded() {
    return ended;
  }
}
