package io.tillstream.operators.ingestion;

import io.tillstream.routing.event.Id128;

/**
 * One shard of the dedup memory: exact, in primitive arrays, no Flink in it.
 *
 * <p>An event is a duplicate if its id was seen at an event time at most the window away, both ends
 * included; whatever became of that sighting, and duplicates are sightings too.
 *
 * <p><b>Forgetting.</b> A sighting at {@code s} is forgotten once the watermark has passed {@code
 * max(s, watermark then) + window + lateness + window size}, rounded up to the minute. Nothing that
 * may still be counted is misjudged by that: an event at {@code t} is counted only while {@code
 * window_end - 1 + lateness > watermark}, and {@code window_end <= t + size}, so {@code t >
 * watermark - lateness - size}. A sighting that makes it a duplicate has {@code s >= t - window >
 * watermark - window - lateness - size}, so it is still there. (The watermark then, rather than
 * {@code s} alone, only keeps late events long enough to know their repeats from new late ones.)
 *
 * <p>The watermark belongs to the shard, not to the subtask: sightings are forgotten by it, so
 * lateness must be judged by it too, and after a rescale two shards of one subtask may differ.
 */
final class DedupShard {
  private static final long MINUTE_MS = DedupLog.MINUTE_MS;

  private final long keepMs;
  private final DedupTable table;
  private final DedupLog log = new DedupLog();

  private long watermark = Long.MIN_VALUE;
  private int firstMinute;

  /**
   * An empty shard.
   *
   * @param dedupWindowMs within how much event time the same id is a duplicate
   * @param rule lateness and window size
   */
  DedupShard(long dedupWindowMs, LateRule rule) {
    this.keepMs = dedupWindowMs + rule.latenessMs() + rule.windowMs();
    this.table = new DedupTable(dedupWindowMs);
  }

  /** Whether the id was seen at about that time before; from now on it was. */
  boolean seen(Id128 id, long eventTime) {
    int expiry = expiryMinute(eventTime);
    DedupTable.Verdict verdict = table.add(id.high(), id.low(), eventTime, expiry);
    if (verdict != DedupTable.Verdict.KNOWN) {
      log.append(expiry, id.high(), id.low(), eventTime);
    }
    return verdict != DedupTable.Verdict.NEW;
  }

  private int expiryMinute(long eventTime) {
    return minuteOf(Saturating.add(Math.max(eventTime, watermark), keepMs));
  }

  // A time beyond the year 6000 is kept for ever; there the clock of the shop is broken anyway.
  private static int minuteOf(long time) {
    return (int) Math.min(Math.max(time, 0) / MINUTE_MS, Integer.MAX_VALUE - 1);
  }

  /** Moves the watermark, never back; tells whether a minute has expired by that. */
  boolean advance(long newWatermark) {
    if (newWatermark <= watermark) {
      return false;
    }
    watermark = newWatermark;
    int minute = minuteOf(watermark);
    if (minute <= firstMinute) {
      return false;
    }
    firstMinute = minute;
    log.dropBefore(minute);
    table.expireBefore(minute);
    return true;
  }

  /** The watermark by which events of this shard are judged. */
  long watermark() {
    return watermark;
  }

  /** The first minute that has not expired. */
  int firstMinute() {
    return firstMinute;
  }

  /** Hands over what was seen since the last call. */
  void drainLog(DedupLog.Sink sink) throws Exception {
    log.drain(sink);
  }

  /** Takes back a chunk that {@link #drainLog} handed over once. */
  void restore(int minute, byte[] chunk) {
    DedupLog.read(minute, chunk, (high, low, time) -> table.add(high, low, time, minute));
  }

  /** How many sightings are kept, some of them expired. */
  int size() {
    return table.size();
  }

  /** The memory taken, in bytes. */
  long bytes() {
    return table.bytes() + log.bytes();
  }
}
