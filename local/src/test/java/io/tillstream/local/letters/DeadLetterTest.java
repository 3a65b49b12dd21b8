package io.tillstream.local.letters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.local.layout.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static DeadLetter letter(String stage, String... headers) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("dead-letters", 0, 7, bytes("key"), bytes("{\"status\":\"raised\"}"));
    for (int i = 0; i < headers.length; i += 2) {
      record.headers().add(headers[i], bytes(headers[i + 1]));
    }
    record.headers().add("topic", bytes(stage.equals("alert") ? "shop-alerts" : "shop-events"));
    record.headers().add("partition", bytes("1"));
    record.headers().add("offset", bytes("42"));
    record.headers().add("stage", bytes(stage));
    record.headers().add("error_class", bytes("WEBHOOK_EXHAUSTED"));
    return DeadLetter.of(record);
  }

  @Test
  void aWebhookIsKnownByItsName() {
    DeadLetter letter =
        letter("alert", "webhook_id", "a.1", "destination", "https://shop.example/secret?k=v");
    assertThat(letter.isWebhook()).isTrue();
    assertThat(letter.identity()).isEqualTo("webhook/a.1");
    assertThat(letter.host()).isEqualTo("shop.example");
    assertThat(letter.stage()).isEqualTo("alert");
  }

  @Test
  void aRecordOfTheShopIsNoneWhateverItsHeaders() {
    DeadLetter letter = letter("parse", "webhook_id", "a.1", "destination", "https://x/");
    assertThat(letter.isWebhook()).isFalse();
    assertThat(letter.identity()).isEqualTo("shop-events/1/42");
    assertThat(letter.destination()).isEmpty();
  }

  @Test
  void aRedeliveryNamesTheWebhookAndItsBodyAsItWas() throws Exception {
    DeadLetter letter = letter("alert", "webhook_id", "a.1", "destination", "https://x.example/");
    JsonNode command =
        Json.MAPPER.readTree(
            Redelivery.of("c1", letter, "ada", Instant.parse("2026-11-24T12:00:00Z")));
    assertThat(command)
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"command_id":"c1","type":"webhook","webhook_id":"a.1",
                 "destination":"https://x.example/","body":"{\\"status\\":\\"raised\\"}",
                 "by":"ada","at":"2026-11-24T12:00:00Z"}"""));
  }
}
