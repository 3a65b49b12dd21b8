package io.tillstream.dashboard.live;

import io.tillstream.dashboard.view.View;
import io.tillstream.dashboard.view.Watched;
import java.util.concurrent.atomic.AtomicInteger;

/** One client as the broadcaster sees it. */
final class Client {
  /** It was never sent anything. */
  static final long NEVER = Long.MIN_VALUE / 2;

  final Link link;
  private final AtomicInteger unsent = new AtomicInteger();
  private volatile long sendingSince;

  // Of the thread that holds the board's lock.
  long life;
  long shown = View.NOTHING;
  long sentAt = NEVER;
  Watched watching;
  long watchedLife;
  long watchedShown;
  long watchedSentAt = NEVER;

  /** What it wants to watch, until it was heeded. */
  volatile Wish wish;

  /**
   * A wish to watch.
   *
   * @param watched null for nothing
   */
  record Wish(Watched watched) {}

  Client(Link link) {
    this.link = link;
  }

  /** Whether something sent has not left yet. */
  boolean busy() {
    return unsent.get() > 0;
  }

  /** Whether it has been busy for longer than that. */
  boolean stuck(long nanos, long patience) {
    return busy() && nanos - sendingSince > patience;
  }

  /** Sends a text; afterwards is run when it has left. */
  void send(String text, long nanos, Runnable afterwards) {
    if (unsent.getAndIncrement() == 0) {
      sendingSince = nanos;
    }
    link.send(
        text,
        () -> {
          unsent.decrementAndGet();
          afterwards.run();
        });
  }
}
