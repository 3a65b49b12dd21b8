package io.tillstream.local.letters;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record that was refused.
 *
 * @param topic where it came from, with partition and offset: its identity
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
    byte[] key,
    byte[] value) {
  static DeadLetter of(ConsumerRecord<byte[], byte[]> record) {
    return new DeadLetter(
        header(record, "topic"),
        header(record, "partition"),
        header(record, "offset"),
        header(record, "stage"),
        header(record, "error_class"),
        header(record, "error"),
        record.key(),
        record.value());
  }

  /** The same for a letter that a crash made appear twice. */
  public String identity() {
    return topic + "/" + partition + "/" + offset;
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
