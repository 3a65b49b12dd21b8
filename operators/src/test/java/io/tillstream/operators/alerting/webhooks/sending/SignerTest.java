package io.tillstream.operators.alerting.webhooks.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignerTest {
  // The vector that Standard Webhooks' own libraries are tested with.
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final long AT = 1_614_265_330;
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  private static final String OTHER = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=";

  @Test
  void signsThePublishedVector() {
    assertThat(Signer.sign(ID, AT, BODY, List.of(Secret.of(KEY)))).isEqualTo(SIGNATURE);
  }

  @Test
  void signsWithEachSecretWhileOneIsExchangedForAnother() {
    assertThat(Signer.sign(ID, AT, BODY, List.of(Secret.of(OTHER), Secret.of(KEY))))
        .matches("v1,[A-Za-z0-9+/=]{44} v1,[A-Za-z0-9+/=]{44}")
        .endsWith(" " + SIGNATURE);
  }

  @Test
  void eachReceiverFindsItsOwnSignature() throws Exception {
    byte[] body = "{\"key\":\"Schnürschuh 🥾\"}".getBytes(StandardCharsets.UTF_8);
    long now = Instant.now().getEpochSecond();
    String signature = Signer.sign("a.1", now, body, List.of(Secret.of(KEY), Secret.of(OTHER)));
    Map<String, List<String>> headers =
        Map.of(
            "webhook-id", List.of("a.1"),
            "webhook-timestamp", List.of(Long.toString(now)),
            "webhook-signature", List.of(signature));
    for (String key : List.of(KEY, OTHER)) {
      new Webhook(key).verify(new String(body, StandardCharsets.UTF_8), headers);
    }
    String third = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
    assertThatThrownBy(
            () -> new Webhook(third).verify(new String(body, StandardCharsets.UTF_8), headers))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "whsec_",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_c2hvcnQ=",
        "whsec_MfKQ9r8GKYqrTwjU*PD8ILPZIo2LaLaSw",
        "whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
      })
  void refusesWhatIsNoSecretWithoutShowingIt(String text) {
    assertThatThrownBy(() -> Secret.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a secret must be whsec_ and 24..64 bytes in Base64, and is not");
  }

  @Test
  void neverShowsASecret() {
    assertThat(Secret.of(KEY)).hasToString("Secret[not shown]");
    assertThat(List.of(Secret.of(KEY)).toString()).doesNotContain("MfKQ9r8");
  }
}
