package io.tillstream.local.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import io.tillstream.local.process.StackException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierTest {
  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  static final String OTHER = "whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=";
  private static final byte[] BODY = "{\"a\":\"ü\"}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  static Map<String, List<String>> headers(String secret, String id, long at, byte[] body)
      throws Exception {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("webhook-id", List.of(id));
    headers.put("webhook-timestamp", List.of(Long.toString(at)));
    headers.put(
        "webhook-signature",
        List.of(new Webhook(secret).sign(id, at, new String(body, StandardCharsets.UTF_8))));
    return headers;
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }

  @Test
  void findsNothingWrongWithAGoodMessage() throws Exception {
    assertThat(Verifier.of(SECRET).complaint(headers(SECRET, "x", now(), BODY), BODY)).isNull();
  }

  @Test
  void complainsOfEverythingElse() throws Exception {
    Verifier verifier = Verifier.of(SECRET);
    byte[] forged = "{\"a\":\"u\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(verifier.complaint(headers(SECRET, "x", now(), BODY), forged)).isNotNull();
    assertThat(verifier.complaint(headers(OTHER, "x", now(), BODY), BODY)).isNotNull();
    assertThat(verifier.complaint(headers(SECRET, "x", now() - 301, BODY), BODY)).isNotNull();
    assertThat(verifier.complaint(headers(SECRET, "x", now() + 310, BODY), BODY)).isNotNull();
    assertThat(verifier.complaint(Map.of(), BODY)).isNotNull();
    for (String name : Verifier.HEADERS) {
      Map<String, List<String>> headers = headers(SECRET, "x", now(), BODY);
      headers.remove(name);
      assertThat(verifier.complaint(headers, BODY)).as("without " + name).isNotNull();
      headers.put(name, List.of("nonsense"));
      assertThat(verifier.complaint(headers, BODY)).as("bad " + name).isNotNull();
    }
  }

  @Test
  void readsThePublishedSecretsFile() throws Exception {
    Properties properties = new Properties();
    properties.setProperty("*", SECRET);
    properties.setProperty("https://a.example/", OTHER);
    Path file = folder.resolve("webhook-secrets");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    Verifier verifier = Verifier.of(file);
    assertThat(verifier.complaint(headers(SECRET, "x", now(), BODY), BODY)).isNull();
    assertThat(verifier.complaint(headers(OTHER, "x", now(), BODY), BODY)).isNull();
    assertThat(verifier).hasToString("Verifier[2 secrets]");
  }

  @Test
  void saysWhatIsWrongWithASecretWithoutShowingIt() throws Exception {
    assertThatThrownBy(() -> Verifier.of("whsec_***"))
        .isInstanceOf(StackException.class)
        .hasMessage("a secret must be whsec_ and Base64, and is not");
    Path file = folder.resolve("none");
    assertThatThrownBy(() -> Verifier.of(file)).hasMessageEndingWith("no such file");
    Files.writeString(file, "# *=" + SECRET + "\n");
    assertThatThrownBy(() -> Verifier.of(file)).hasMessageContaining("holds no secret");
  }
}
