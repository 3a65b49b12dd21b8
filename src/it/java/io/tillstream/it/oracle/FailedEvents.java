package io.tillstream.it.oracle;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Good events that neither aggregation could take. Which these are only the topic tells; each must
 * be a real event of the input that would have counted, its letter the original byte for byte.
 */
final class FailedEvents {
  private static final String STAGE = "backup-aggregation";
  private static final String ERROR_CLASS = "PROCESSING_FAILED";
  private static final Set<String> OURS =
      Set.of("topic", "partition", "offset", "stage", "error", "error_class");

  private record Place(String topic, String partition, String offset) {
    static Place of(RawRecord record) {
      return new Place(record.topic(), "" + record.partition(), "" + record.offset());
    }

    static Place said(RawRecord letter) {
      return new Place(
          DeadLetterCheck.header(letter, "topic"),
          DeadLetterCheck.header(letter, "partition"),
          DeadLetterCheck.header(letter, "offset"));
    }
  }

  private final Set<Intake.Seen> failed = Collections.newSetFromMap(new IdentityHashMap<>());
  private final OracleOptions options;
  private final OracleReport report;

  private FailedEvents(OracleOptions options, OracleReport report) {
    this.options = options;
    this.report = report;
  }

  /**
   * Takes their letters out of all letters, which may be changed. Where no event may fail, none is
   * taken: a letter of a good record is a difference then.
   */
  static FailedEvents takenFrom(
      List<RawRecord> letters,
      OracleInput input,
      Intake intake,
      LateCheck late,
      OracleReport report) {
    FailedEvents events = new FailedEvents(input.options(), report);
    List<RawRecord> own = letters.stream().filter(FailedEvents::isOwn).toList();
    if (!input.options().failedAllowed() || own.isEmpty()) {
      return events;
    }
    letters.removeIf(FailedEvents::isOwn);
    Map<Place, RawRecord> records = new HashMap<>();
    input.events().forEach(record -> records.put(Place.of(record), record));
    Map<Place, Intake.Seen> byPlace = new HashMap<>();
    for (Intake.Seen seen : intake.kept()) {
      byPlace.put(Place.of(seen.record()), seen);
    }
    for (RawRecord letter : own) {
      RawRecord record = records.get(Place.said(letter));
      if (record == null) {
        report.difference("failed event", Place.said(letter) + " is no record of the input");
        continue;
      }
      Intake.Seen seen = byPlace.get(Place.of(record));
      if (seen == null) {
        seen = events.twin(record, intake);
      }
      if (seen == null || late.contains(seen.event())) {
        report.difference("failed event", Place.of(record) + " does not count anyway");
        continue;
      }
      // After a crash a letter may lie there twice.
      events.failed.add(seen);
      events.compare(letter, record);
    }
    return events;
  }

  private static boolean isOwn(RawRecord letter) {
    return DeadLetterCheck.header(letter, "stage").equals(STAGE);
  }

  /** Of events with one id the pipeline may have judged another to be the first than we did. */
  private Intake.Seen twin(RawRecord record, Intake intake) {
    Verdict verdict =
        Judge.judge(record.value(), record.timestamp(), options.maxAhead().toMillis());
    if (verdict.accepted()) {
      for (Intake.Seen seen : intake.kept()) {
        long apart = Math.abs(seen.event().time() - verdict.event().time());
        if (seen.event().id().equals(verdict.event().id())
            && apart <= options.dedupWindow().toMillis()) {
          return seen;
        }
      }
    }
    return null;
  }

  private void compare(RawRecord letter, RawRecord record) {
    Place place = Place.of(record);
    if (!Arrays.equals(letter.value(), record.value())) {
      report.difference("failed event bytes", place + ": not the original bytes");
    }
    if (!Arrays.equals(letter.key(), record.key())) {
      report.difference("failed event key", place + ": not the original key");
    }
    for (Map.Entry<String, byte[]> header : record.headers().entrySet()) {
      String name = header.getKey();
      boolean kept = letter.headers().containsKey(name);
      if (!OURS.contains(name)
          && !(kept && Arrays.equals(letter.headers().get(name), header.getValue()))) {
        report.difference("failed event header", place + ": not the original header " + name);
      }
    }
    String errorClass = DeadLetterCheck.header(letter, "error_class");
    String error = DeadLetterCheck.header(letter, "error");
    if (!errorClass.equals(ERROR_CLASS)) {
      report.difference("failed event class", place + ": " + errorClass);
    }
    if (error.isBlank() || error.lines().count() > 1) {
      report.difference("failed event error", place + ": must be one line, is " + error);
    }
  }

  boolean contains(Intake.Seen seen) {
    return failed.contains(seen);
  }
}
