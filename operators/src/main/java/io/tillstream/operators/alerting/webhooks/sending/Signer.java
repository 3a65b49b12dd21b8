package io.tillstream.operators.alerting.webhooks.sending;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The header {@code webhook-signature} of Standard Webhooks. */
public final class Signer {

  private Signer() {}

  /**
   * The signatures of one message with each of the secrets: while one is exchanged for another, a
   * receiver who knows either of them finds its own.
   *
   * @param epochSeconds when this attempt is made, as in {@code webhook-timestamp}
   * @param body UTF-8, byte for byte what is sent
   */
  public static String sign(
      String webhookId, long epochSeconds, byte[] body, List<Secret> secrets) {
    String text = new String(body, StandardCharsets.UTF_8);
    return secrets.stream()
        .map(secret -> secret.sign(webhookId, epochSeconds, text))
        .collect(Collectors.joining(" "));
  }
}
