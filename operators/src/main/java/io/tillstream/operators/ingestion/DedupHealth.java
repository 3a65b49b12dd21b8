package io.tillstream.operators.ingestion;

import io.tillstream.routing.agent.HealthIndicator;

/** What the memory of ids holds, and how far time has come: absent before the first watermark. */
final class DedupHealth implements HealthIndicator {
  private record Reading(long ids, long bytes, long watermark) {}

  private volatile Reading newest = new Reading(0, 0, Long.MIN_VALUE);

  void memory(long ids, long bytes, long watermark) {
    newest = new Reading(ids, bytes, watermark);
  }

  @Override
  public void read(Readings readings) {
    Reading now = newest;
    readings.put("dedup_ids", now.ids());
    readings.put("dedup_bytes", now.bytes());
    if (now.watermark() != Long.MIN_VALUE) {
      readings.put("watermark", now.watermark());
    }
  }
}
