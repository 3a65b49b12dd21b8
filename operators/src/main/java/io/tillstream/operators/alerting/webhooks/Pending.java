package io.tillstream.operators.alerting.webhooks;

/**
 * A delivery that nobody has taken yet; immutable.
 *
 * @param delivery what is to be sent
 * @param failed how many attempts failed so far
 * @param dueAt when the next one is due, on the dispatcher's clock; in a checkpoint the
 *     milliseconds that were left until then
 * @param since when it came, on the dispatcher's clock; in a checkpoint its age in milliseconds
 */
public record Pending(Delivery delivery, int failed, long dueAt, long since) {

  /** After another failed attempt. */
  Pending again(long at) {
    return new Pending(delivery, failed + 1, at, since);
  }

  /** As a checkpoint keeps it: clocks do not go on over a restart, spans do. */
  Pending kept(long now) {
    return new Pending(delivery, failed, Math.max(0, dueAt - now), Math.max(0, now - since));
  }

  /** As it was kept. */
  Pending restored(long now) {
    return new Pending(delivery, failed, now + dueAt, now - since);
  }
}
