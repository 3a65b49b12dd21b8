package io.tillstream.operators.alerting.webhooks;

import io.tillstream.operators.ingestion.DeadLetter;
import io.tillstream.operators.ingestion.Header;
import io.tillstream.routing.event.ErrorClass;
import io.tillstream.routing.event.Id128;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How a webhook that nobody took becomes a dead letter. */
final class WebhookLetter {
  /** The stage in the letter. */
  static final String STAGE = "alert";

  private static final int SPARE_BITS = 11;

  private WebhookLetter() {}

  /** The letter: its value is the body, its own headers say what a redelivery needs. */
  static DeadLetter of(String topic, Delivery delivery, ErrorClass why, String words) {
    return new DeadLetter(
        topic,
        0,
        number(delivery.webhookId()),
        STAGE,
        why,
        words,
        bytes(delivery.alertId()),
        delivery.body(),
        List.of(
            new Header("webhook_id", bytes(delivery.webhookId())),
            new Header("destination", bytes(delivery.destination()))));
  }

  // No record of a topic, but the header wants a number: the same for the same webhook, and small
  // enough for readers who keep numbers as doubles.
  private static long number(String webhookId) {
    return Id128.of(webhookId).mixed() >>> SPARE_BITS;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
