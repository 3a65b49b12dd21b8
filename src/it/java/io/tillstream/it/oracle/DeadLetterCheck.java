package io.tillstream.it.oracle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every refused record must lie in {@code dead-letters}, byte for byte, and nothing else. */
final class DeadLetterCheck {
  private record Place(int partition, long offset) {}

  private final Map<Place, Intake.Refused> refused = new HashMap<>();
  private final Set<Place> found = new HashSet<>();
  private final OracleReport report;

  private DeadLetterCheck(OracleReport report) {
    this.report = report;
  }

  /**
   * Compares.
   *
   * @param eventsTopic the topic that the refused ones came from
   */
  static void check(
      List<RawRecord> deadLetters,
      String eventsTopic,
      List<Intake.Refused> refused,
      OracleReport report) {
    DeadLetterCheck check = new DeadLetterCheck(report);
    for (Intake.Refused one : refused) {
      RawRecord record = one.record();
      check.refused.put(new Place(record.partition(), record.offset()), one);
    }
    for (RawRecord letter : deadLetters) {
      // Other stages put their own things there, such as broken commands.
      String topic = header(letter, "topic");
      if (topic.isEmpty() || topic.equals(eventsTopic)) {
        check.letter(letter);
      }
    }
    for (Map.Entry<Place, Intake.Refused> entry : check.refused.entrySet()) {
      if (!check.found.contains(entry.getKey())) {
        report.difference(
            "dead letter missing", place(entry.getValue()) + ": " + shown(entry.getValue()));
      }
    }
  }

  private void letter(RawRecord letter) {
    String where = letter.partition() + "/" + letter.offset();
    Place place;
    try {
      place =
          new Place(
              Integer.parseInt(header(letter, "partition")),
              Long.parseLong(header(letter, "offset")));
    } catch (NumberFormatException e) {
      report.difference("dead letter", where + ": headers partition and offset must be numbers");
      return;
    }
    Intake.Refused one = refused.get(place);
    if (one == null || !one.record().topic().equals(header(letter, "topic"))) {
      report.difference(
          "dead letter unexpected",
          "%s: %s/%d/%d is a good record, but: %s"
              .formatted(
                  where,
                  header(letter, "topic"),
                  place.partition,
                  place.offset,
                  header(letter, "error")));
      return;
    }
    found.add(place);
    if (!Arrays.equals(bytes(one.record().value()), bytes(letter.value()))) {
      report.difference("dead letter bytes", place(one) + ": not the original bytes");
    }
    if (!Arrays.equals(one.record().key(), letter.key())) {
      report.difference("dead letter key", place(one) + ": not the original key");
    }
    String errorClass = header(letter, "error_class");
    if (!one.verdict().errorClasses().contains(errorClass)) {
      report.difference(
          "dead letter class",
          "%s: %s (%s), must be %s: %s"
              .formatted(
                  place(one),
                  errorClass,
                  header(letter, "error"),
                  one.verdict().errorClasses(),
                  shown(one)));
    }
    if (header(letter, "error").isBlank()) {
      report.difference("dead letter error", place(one) + ": header error says nothing");
    }
  }

  private static byte[] bytes(byte[] value) {
    return value == null ? new byte[0] : value;
  }

  static String header(RawRecord letter, String name) {
    byte[] value = letter.headers().get(name);
    return value == null ? "" : new String(value, StandardCharsets.UTF_8);
  }

  private static String place(Intake.Refused one) {
    return one.record().partition() + "/" + one.record().offset();
  }

  private static String shown(Intake.Refused one) {
    String text = new String(bytes(one.record().value()), StandardCharsets.UTF_8);
    return one.verdict().faults() + " in " + (text.length() > 120 ? text.substring(0, 120) : text);
  }
}
