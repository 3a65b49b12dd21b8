package io.tillstream.it.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The order of judgement up to deduplication: which records are refused, which repeat an earlier
 * one, and which remain. Also how far event time got in each partition.
 */
final class Intake {
  /** An event and the record it came in. */
  record Seen(InputEvent event, RawRecord record) {}

  /** A refused record. */
  record Refused(Verdict verdict, RawRecord record) {}

  private final List<Seen> kept = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();
  private final Map<Integer, Long> newest = new TreeMap<>();
  private final Map<String, List<Long>> timesOfId = new HashMap<>();
  private final Map<String, InputEvent> firstOfId = new HashMap<>();
  private final long outOfOrderness;
  private long duplicates;
  private long unequalTwins;

  private Intake(OracleOptions options) {
    outOfOrderness = options.outOfOrderness().toMillis();
  }

  static Intake of(List<RawRecord> records, OracleOptions options) {
    Intake intake = new Intake(options);
    // Across partitions the timestamps are the best guess at who came first. It matters only for
    // events of one id that differ.
    List<RawRecord> order = new ArrayList<>(records);
    order.sort(
        Comparator.comparingLong(RawRecord::timestamp)
            .thenComparingInt(RawRecord::partition)
            .thenComparingLong(RawRecord::offset));
    long maxAhead = options.maxAhead().toMillis();
    for (RawRecord record : order) {
      Verdict verdict = Judge.judge(record.value(), record.timestamp(), maxAhead);
      if (verdict.accepted()) {
        intake.accept(new Seen(verdict.event(), record), options.dedupWindow().toMillis());
      } else {
        intake.refused.add(new Refused(verdict, record));
      }
    }
    return intake;
  }

  private void accept(Seen seen, long dedupWindow) {
    InputEvent event = seen.event();
    newest.merge(seen.record().partition(), event.time(), Math::max);
    List<Long> times = timesOfId.computeIfAbsent(event.id(), id -> new ArrayList<>(1));
    boolean duplicate =
        times.stream().anyMatch(time -> Math.abs(time - event.time()) <= dedupWindow);
    if (!duplicate) {
      times.add(event.time());
      firstOfId.putIfAbsent(event.id(), event);
      kept.add(seen);
      return;
    }
    duplicates++;
    if (!event.equals(firstOfId.get(event.id()))) {
      unequalTwins++;
    }
  }

  List<Seen> kept() {
    return kept;
  }

  List<Refused> refused() {
    return refused;
  }

  long duplicates() {
    return duplicates;
  }

  /** Duplicates whose content differs from the first: which one counted cannot be known offline. */
  long unequalTwins() {
    return unequalTwins;
  }

  /** The watermark at the end if no partition went idle; the minimum if there is no event. */
  long lowWatermark() {
    return newest.values().stream().mapToLong(t -> t - outOfOrderness).min().orElse(Long.MIN_VALUE);
  }

  /** The furthest the watermark can have got, the slower partitions being idle. */
  long highWatermark() {
    return newest.values().stream().mapToLong(t -> t - outOfOrderness).max().orElse(Long.MIN_VALUE);
  }
}
