package io.tillstream.operators.alerting.webhooks;

import io.tillstream.operators.wire.Counts;
import io.tillstream.routing.event.ErrorClass;

/** What became of the webhooks, in totals that a checkpoint keeps. */
final class Tallies {
  static final int DELIVERED = 0;
  static final int RETRIED = 1;
  static final int REPEATED = 2;
  private static final int EXHAUSTED = 3;
  private static final int DISABLED = 4;
  private static final int REFUSED = 5;
  private static final int QUEUE_FULL = 6;

  private final Counts counts =
      new Counts(
          "webhooks_delivered",
          "webhooks_retried",
          "webhooks_repeated",
          "webhooks_exhausted",
          "webhooks_disabled",
          "webhooks_refused",
          "webhooks_queue_full");

  Counts counts() {
    return counts;
  }

  void raise(int index) {
    counts.raise(index, 1);
  }

  void raise(ErrorClass why) {
    raise(
        switch (why) {
          case WEBHOOK_EXHAUSTED -> EXHAUSTED;
          case WEBHOOK_DISABLED -> DISABLED;
          case WEBHOOK_QUEUE_FULL -> QUEUE_FULL;
          default -> REFUSED;
        });
  }
}
