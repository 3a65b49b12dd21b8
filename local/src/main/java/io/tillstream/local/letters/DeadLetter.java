package io.tillstream.local.letters;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record that was refused.
 *
 * @param topic where it came from, with partition and offset: its identity
 * @param stage where it was refused
 * @param webhookId of a webhook that nobody took, its name; else empty
 * @param destination of a webhook, its URL, which may be as good as a password; else empty
 * @param key as it came, may be null
 * @param value as it came, byte for byte, may be null
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity() only.
public record DeadLetter(
    String topic,
    String partition,
    String offset,
    String stage,
    String errorClass,
    String error,
    String webhookId,
    String destination,
    byte[] key,
    byte[] value) {
  private static final String ALERT = "alert";

  static DeadLetter of(ConsumerRecord<byte[], byte[]> record) {
    // A record of the shop may have headers of these names, too.
    boolean webhook = header(record, "stage").equals(ALERT);
    return new DeadLetter(
        header(record, "topic"),
        header(record, "partition"),
        header(record, "offset"),
        header(record, "stage"),
        header(record, "error_class"),
        header(record, "error"),
        webhook ? header(record, "webhook_id") : "",
        webhook ? header(record, "destination") : "",
        record.key(),
        record.value());
  }

  /** The same for a letter that a crash made appear twice. */
  public String identity() {
    return isWebhook() ? "webhook/" + webhookId : topic + "/" + partition + "/" + offset;
  }

  /** Whether it is a webhook that nobody took, not a record that came in. */
  public boolean isWebhook() {
    return !webhookId.isEmpty();
  }

  /** Of a webhook's URL what may be shown: its host. */
  public String host() {
    try {
      String host = URI.create(destination).getHost();
      return host == null ? "?" : host;
    } catch (IllegalArgumentException e) {
      return "?";
    }
  }

  /** The first bytes of the value, printable, in one line. */
  public String excerpt(int most) {
    if (value == null) {
      return "(null)";
    }
    String text =
        new String(value, 0, Math.min(value.length, most), StandardCharsets.UTF_8)
            .replaceAll("\\p{Cntrl}", "·");
    return value.length > most
        ? String.format(Locale.ROOT, "%s… (%,d bytes)", text, value.length)
        : text;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
