package io.tillstream.dashboard.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * The job's checkpoints.
 *
 * @param lastCompletedAt null before the first one
 * @param lastBytes what the last one had to upload
 * @param fullBytes what it stands for, earlier uploads included
 */
public record CheckpointView(
    long completed,
    long failed,
    Instant lastCompletedAt,
    long lastDurationMs,
    long lastBytes,
    long fullBytes) {
  public static final CheckpointView NONE = new CheckpointView(0, 0, null, 0, 0, 0);

  /**
   * @param answer of Flink's {@code /jobs/ID/checkpoints}
   */
  public static CheckpointView of(JsonNode answer) {
    JsonNode last = answer.path("latest").path("completed");
    boolean any = last.isObject();
    return new CheckpointView(
        answer.path("counts").path("completed").asLong(),
        answer.path("counts").path("failed").asLong(),
        any ? Instant.ofEpochMilli(last.path("latest_ack_timestamp").asLong()) : null,
        last.path("end_to_end_duration").asLong(),
        last.path("checkpointed_size").asLong(),
        last.path("state_size").asLong());
  }
}
