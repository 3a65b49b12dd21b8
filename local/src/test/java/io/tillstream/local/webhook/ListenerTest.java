package io.tillstream.local.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.local.layout.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListenerTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.125Z");
  private static final byte[] ALERT =
      """
      {"alert_id":"a","rule_id":"low-stock","status":"raised","dimension":"product",
       "key":"SKU1","metric":"available","value":"7"}"""
          .getBytes(StandardCharsets.UTF_8);

  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private Listener listener = listener(204);

  private Listener listener(int status) {
    return new Listener(
        0, Verifier.of(VerifierTest.SECRET), status, Clock.fixed(NOON, ZoneOffset.UTC), posts::add);
  }

  @AfterEach
  void close() {
    listener.close();
  }

  private int post(String secret, String id, byte[] body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(listener.url() + "hook"));
    VerifierTest.headers(secret, id, Instant.now().getEpochSecond(), body)
        .forEach((name, values) -> request.header(name, values.get(0)));
    return client
        .send(
            request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void showsWhatCameAndSaysWhatCameAgain() throws Exception {
    assertThat(post(VerifierTest.SECRET, "a.1", ALERT)).isEqualTo(204);
    assertThat(post(VerifierTest.SECRET, "a.1", ALERT)).isEqualTo(204);
    assertThat(post(VerifierTest.OTHER, "a.2", ALERT)).isEqualTo(401);
    assertThat(posts.get(0).line(ZoneOffset.UTC))
        .isEqualTo("12:00:00.125  a.1  raised low-stock  product SKU1  available=7  signature ok");
    assertThat(posts.get(1).line(ZoneOffset.UTC))
        .endsWith("signature ok  (repeated: came 2 times)");
    assertThat(posts.get(2).line(ZoneOffset.UTC)).contains("signature BAD").endsWith("401");
    assertThat(listener.summary())
        .isEqualTo("3 messages: 1 different ones, 1 repeats, 1 with a bad signature");
  }

  @Test
  void answersAsItIsToldTo() throws Exception {
    listener.close();
    listener = listener(410);
    assertThat(post(VerifierTest.SECRET, "a.1", ALERT)).isEqualTo(410);
    assertThat(posts.get(0).line(ZoneOffset.UTC)).endsWith("signature ok  answered 410");
  }

  @Test
  void speaksJson() throws Exception {
    post(VerifierTest.SECRET, "a.1", ALERT);
    JsonNode json = Json.MAPPER.readTree(posts.get(0).json());
    assertThat(json.path("webhook_id").asText()).isEqualTo("a.1");
    assertThat(json.path("times").asInt()).isEqualTo(1);
    assertThat(json.path("signature").asText()).isEqualTo("ok");
    assertThat(json.path("answered").asInt()).isEqualTo(204);
    assertThat(json.path("alert")).isEqualTo(Json.MAPPER.readTree(ALERT));
  }

  @Test
  void letsNobodyWriteToTheTerminal() throws Exception {
    byte[] sly = "{\"key\":\"\\u001b[2Jx\"}".getBytes(StandardCharsets.UTF_8);
    post(VerifierTest.SECRET, "a.1", sly);
    assertThat(posts.get(0).line(ZoneOffset.UTC)).contains("·[2Jx").doesNotContain("\u001b");
  }

  @Test
  void takesNoOtherMethodAndNothingHuge() throws Exception {
    HttpRequest get = HttpRequest.newBuilder(URI.create(listener.url())).build();
    assertThat(client.send(get, BodyHandlers.discarding()).statusCode()).isEqualTo(405);
    assertThat(post(VerifierTest.SECRET, "a.1", new byte[(1 << 20) + 1])).isEqualTo(413);
    assertThat(posts).isEmpty();
  }
}
