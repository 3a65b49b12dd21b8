package io.tillstream.local.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBytesTest {
  private final JsonBytes json = new JsonBytes();

  @ParameterizedTest
  @ValueSource(
      strings = {"", "plain", "a\"b\\c", "\u0000\t\n\u001f", "£ é € 한", "😀 and more", "\u007f"})
  void stringsAreReadBackAsTheyWere(String text) throws IOException {
    byte[] bytes = json.string(text).toBytes();
    assertThat(new ObjectMapper().readValue(bytes, String.class)).isEqualTo(text);
  }

  @Test
  void halfASurrogatePairIsReplaced() throws IOException {
    byte[] bytes = json.string("a\ud83d").toBytes();
    assertThat(new ObjectMapper().readValue(bytes, String.class)).isEqualTo("a\ufffd");
  }

  @Test
  void numbersAndDecimals() {
    json.number(0).one(' ').number(1234567890123L).one(' ').padded(42, 5).one(' ');
    json.decimal(5, 2).one(' ').decimal(12_345, 3).one(' ').decimal(7, 0);
    assertThat(text()).isEqualTo("0 1234567890123 00042 0.05 12.345 7");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 951_782_399_999L, 1_732_420_740_123L, 253_402_300_799_999L})
  void timesReadAsInstants(long millis) {
    json.localTime(millis).one('Z');
    assertThat(Instant.parse(text())).isEqualTo(Instant.ofEpochMilli(millis));
  }

  @Test
  void uuidsAreCanonical() {
    UUID id = UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e");
    json.uuid(id.getMostSignificantBits(), id.getLeastSignificantBits());
    assertThat(text()).isEqualTo(id.toString());
  }

  @Test
  void growsAndStartsAnew() {
    json.string("x".repeat(10_000)).reset().ascii("short");
    assertThat(text()).isEqualTo("short");
    assertThat(json.length()).isEqualTo(5);
  }

  private String text() {
    return new String(json.toBytes(), StandardCharsets.UTF_8);
  }
}
