package io.tillstream.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class WebhookReceiverTest {
  private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);

  @Test
  void notesWhatArrivesAndChecksIt() throws Exception {
    try (WebhookReceiver receiver = new WebhookReceiver(SECRET, "BENCH-")) {
      post(receiver, "a.1", "BENCH-1", "raised", SECRET);
      post(receiver, "b.1", "SKU-1", "raised", SECRET);
      post(receiver, "a.2", "BENCH-1", "resolved", SECRET);
      assertThat(receiver.arrivals()).containsOnlyKeys("BENCH-1");
      assertThat(receiver.unsigned()).isZero();
      assertThat(receiver.repeated()).isZero();
      post(receiver, "a.1", "BENCH-1", "raised", SECRET);
      assertThat(receiver.repeated()).isEqualTo(1);
      post(receiver, "c.1", "BENCH-2", "raised", SECRET.replace("AAAA=", "AAAE="));
      assertThat(receiver.unsigned()).isEqualTo(1);
    }
  }

  private static void post(
      WebhookReceiver receiver, String id, String key, String status, String secret)
      throws Exception {
    String body = "{\"key\":\"" + key + "\",\"status\":\"" + status + "\"}";
    long at = Instant.now().getEpochSecond();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(receiver.address()))
            .header("webhook-id", id)
            .header("webhook-timestamp", String.valueOf(at))
            .header("webhook-signature", new Webhook(secret).sign(id, at, body))
            .POST(BodyPublishers.ofString(body))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode())
        .isEqualTo(204);
  }
}
