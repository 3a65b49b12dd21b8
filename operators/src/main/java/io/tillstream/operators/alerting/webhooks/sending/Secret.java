package io.tillstream.operators.alerting.webhooks.sending;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.util.Base64;

/** One secret that signs. Nothing shows it: no message, no {@code toString}. */
public final class Secret {
  private static final String PREFIX = "whsec_";
  private static final int LEAST_BYTES = 24;
  private static final int MOST_BYTES = 64;

  private final Webhook webhook;

  private Secret(Webhook webhook) {
    this.webhook = webhook;
  }

  /**
   * Reads a secret.
   *
   * @param text {@code whsec_} and 24..64 bytes in Base64, as Standard Webhooks asks
   * @throws IllegalArgumentException if it is none; the message does not hold it
   */
  public static Secret of(String text) {
    int bytes;
    try {
      bytes = text.startsWith(PREFIX) ? decoded(text) : 0;
    } catch (IllegalArgumentException e) {
      bytes = 0; // its message would show a part
    }
    if (bytes < LEAST_BYTES || bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "a secret must be whsec_ and "
              + LEAST_BYTES
              + ".."
              + MOST_BYTES
              + " bytes in Base64, and is not");
    }
    return new Secret(new Webhook(text));
  }

  private static int decoded(String text) {
    return Base64.getDecoder().decode(text.substring(PREFIX.length())).length;
  }

  /** The signature of a message: {@code v1,} and Base64. */
  String sign(String webhookId, long epochSeconds, String body) {
    try {
      return webhook.sign(webhookId, epochSeconds, body);
    } catch (WebhookSigningException e) {
      throw new IllegalStateException("the platform cannot sign with HMAC-SHA256", e);
    }
  }

  @Override
  public String toString() {
    return "Secret[not shown]";
  }
}
