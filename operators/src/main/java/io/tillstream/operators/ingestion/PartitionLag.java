package io.tillstream.operators.ingestion;

import io.tillstream.routing.agent.HealthIndicator;
import java.util.Map;

/**
 * Of each partition the next offset to be read and how many records are behind it: {@code
 * position_N} and {@code lag_N}. While the task is stuck the end offsets go on, and the lag is seen
 * to grow.
 */
final class PartitionLag implements HealthIndicator {
  private final EndOffsets ends;
  private volatile Map<PartitionId, Long> positions = Map.of();

  PartitionLag(EndOffsets ends) {
    this.ends = ends;
  }

  /** How far the task has read. */
  void positions(Map<PartitionId, Long> newest) {
    positions = newest;
  }

  @Override
  public void read(Readings readings) {
    Map<PartitionId, EndOffsets.Range> latest = ends.latest();
    positions.forEach(
        (partition, position) -> {
          EndOffsets.Range range = latest.get(partition);
          long at = range == null ? position : Math.max(position, range.begin());
          if (at >= 0) {
            readings.put("position_" + partition.number(), at);
          }
          if (range != null) {
            readings.put("lag_" + partition.number(), Math.max(0, range.end() - at));
          }
        });
  }
}
