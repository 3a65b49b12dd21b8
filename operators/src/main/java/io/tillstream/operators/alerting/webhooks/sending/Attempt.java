package io.tillstream.operators.alerting.webhooks.sending;

import java.util.concurrent.Future;
import java.util.function.Consumer;

/** One attempt: whatever comes first, its answer, its failure or its time-out, ends it. */
final class Attempt {
  private final Consumer<Reply> done;
  private Future<?> timer;
  private Future<?> request;
  private Runnable closer;
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
   * How its connection is closed, however far it has come. To cancel the request does not suffice:
   * the client (5.5) forgets at times what to cancel when a connection is made very quickly.
   */
  synchronized void closer(Runnable close) {
    closer = close;
  }

  /** Closes its connection. */
  void close() {
    Runnable close;
    synchronized (this) {
      close = closer;
    }
    if (close != null) {
      close.run();
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
    if (breakOff) {
      if (pendingRequest != null) {
        pendingRequest.cancel(true);
      }
      close();
    }
    done.accept(reply);
  }

  /** Whether nobody waits for it any longer. */
  synchronized boolean isGivenUp() {
    return givenUp;
  }

  synchronized boolean hasEnded() {
    return ended;
  }
}
