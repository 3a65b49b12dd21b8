package io.tillstream.operators.report;

import io.tillstream.routing.agent.HealthIndicator;
import org.apache.flink.util.clock.Clock;

/**
 * {@code checkpoint_age_ms}: how long ago this subtask was told of a completed checkpoint; absent
 * before the first since it started. A companion of an operator, which tells it.
 */
public final class CheckpointAge implements HealthIndicator {
  private final Clock clock;
  private volatile Long toldAt; // null before the first

  /** No checkpoint yet. */
  public CheckpointAge(Clock clock) {
    this.clock = clock;
  }

  /** A checkpoint was completed: for {@code notifyCheckpointComplete}. */
  public void completed() {
    toldAt = clock.relativeTimeMillis();
  }

  @Override
  public void read(Readings readings) {
    Long then = toldAt;
    if (then != null) {
      readings.put("checkpoint_age_ms", clock.relativeTimeMillis() - then);
    }
  }
}
