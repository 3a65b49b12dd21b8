package io.tillstream.operators.alerting.webhooks.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationTest {

  @ParameterizedTest
  @CsvSource({
    "https://Hooks.Example/a?b=c,hooks.example",
    "http://127.0.0.1:8123/,127.0.0.1",
    "HTTPS://shop.example,shop.example",
    "https://[2606:4700::1]:8443/x,2606:4700::1"
  })
  void knowsItsHost(String url, String host) throws Exception {
    assertThat(Destination.of(url).host()).isEqualTo(host);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|must have 1..2048 characters",
        "shop.example/a|must begin with https:// or http://",
        "ftp://shop.example/|must begin with https:// or http://",
        "file:///etc/passwd|must begin with https:// or http://",
        "https:///a|names no host",
        "https:a|names no host",
        "https://under_score.example/|names no host",
        "https://ada:secret@shop.example/|must not hold a user",
        "https://shop.example:70000/|port must be 1..65535",
        "https://shop.example:0/|port must be 1..65535",
        "https://shop.example/a b|malformed at character"
      })
  void refusesWhatCannotBeSentTo(String url, String complaint) {
    assertThatThrownBy(() -> Destination.of(url))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(complaint)
        .hasMessageNotContaining("secret");
  }

  @Test
  void showsNothingButTheHost() throws Exception {
    String url = "https://hooks.example/services/T0/verysecret?key=alsosecret";
    assertThat(Destination.of(url)).hasToString("hooks.example");
    assertThat(Destination.shown(url)).isEqualTo("hooks.example");
    assertThat(Destination.shown("https://a:verysecret@b/")).isEqualTo("a malformed URL");
  }
}
