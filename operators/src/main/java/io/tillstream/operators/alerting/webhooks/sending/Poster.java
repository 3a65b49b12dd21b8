package io.tillstream.operators.alerting.webhooks.sending;

import java.util.function.Consumer;

/** Makes attempts. */
public interface Poster extends AutoCloseable {

  /**
   * Makes one attempt. Returns at once, whatever the receiver does.
   *
   * @param webhookId the message's name
   * @param body what is posted
   * @param done told exactly once, from any thread, within the time-out and a little; not any more
   *     after {@link #close}
   */
  void post(Destination destination, String webhookId, byte[] body, Consumer<Reply> done);

  /** Ends at once; attempts under way are given up. */
  @Override
  void close();
}
