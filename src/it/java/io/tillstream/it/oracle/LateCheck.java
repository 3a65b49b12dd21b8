package io.tillstream.it.oracle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The events that came too late. Which these are depends on how the partitions were read, so they
 * are taken from the topic; each must be a real event, whole, and one that can have been late.
 */
final class LateCheck {
  private final Map<String, Set<InputEvent>> late = new HashMap<>();
  private final OracleReport report;
  private int size;

  private LateCheck(OracleReport report) {
    this.report = report;
  }

  static LateCheck of(
      List<RawRecord> records, Intake intake, OracleOptions options, OracleReport report) {
    LateCheck check = new LateCheck(report);
    if (records.isEmpty()) {
      return check;
    }
    Set<String> ids = new HashSet<>();
    for (RawRecord record : records) {
      ids.add(record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8));
    }
    Map<String, Set<Intake.Seen>> kept = new HashMap<>();
    for (Intake.Seen seen : intake.kept()) {
      if (ids.contains(seen.event().id())) {
        kept.computeIfAbsent(seen.event().id(), id -> new HashSet<>()).add(seen);
      }
    }
    for (RawRecord record : records) {
      check.add(record, kept, intake.highWatermark(), options);
    }
    return check;
  }

  private void add(
      RawRecord record,
      Map<String, Set<Intake.Seen>> kept,
      long highWatermark,
      OracleOptions options) {
    String id = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    Intake.Seen match = null;
    for (Intake.Seen seen : kept.getOrDefault(id, Set.of())) {
      if (whole(seen.record().value(), record.value())) {
        match = seen;
      }
    }
    if (match == null) {
      report.difference("late event", id + ": no event of the input is this one, whole");
      return;
    }
    InputEvent event = match.event();
    long lastMoment = options.windowStart(event.time()) + options.window().toMillis() - 1;
    if (lastMoment + options.lateness().toMillis() > highWatermark) {
      report.difference("late event", id + ": the watermark never got far enough for that");
    }
    // After a crash an event may stand there twice.
    if (late.computeIfAbsent(id, unused -> new HashSet<>()).add(event)) {
      size++;
    }
  }

  private static boolean whole(byte[] input, byte[] output) {
    if (Arrays.equals(input, output)) {
      return true;
    }
    try {
      return output != null && StrictJson.parse(input).equals(StrictJson.parse(output));
    } catch (StrictJson.NotJson e) {
      return false;
    }
  }

  boolean contains(InputEvent event) {
    return late.getOrDefault(event.id(), Set.of()).contains(event);
  }

  int size() {
    return size;
  }
}
