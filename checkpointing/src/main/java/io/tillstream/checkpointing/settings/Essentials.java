package io.tillstream.checkpointing.settings;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateBackendOptions;

/**
 * Settings that travel with the job, so that it keeps its promises on a cluster that was never
 * given our {@code flink-conf.yaml}.
 */
public final class Essentials {
  /** The number of key groups: fixed for ever, since state is cut along them. */
  public static final int MAX_PARALLELISM = 128;

  private Essentials() {}

  /**
   * The settings to lay over the cluster's.
   *
   * @param cluster what the cluster is configured to; its checkpoint interval and state backend win
   *     over our defaults
   */
  public static Configuration over(ReadableConfig cluster) {
    Configuration settings = new Configuration();
    // Kryo state can't evolve, and a generated uid changes with the topology: either would break
    // the next upgrade.
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    settings.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    // Everything we hand on is immutable: copies between chained operators would be waste.
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    if (cluster.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL).isEmpty()) {
      settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
    }
    if (cluster.getOptional(StateBackendOptions.STATE_BACKEND).isEmpty()) {
      settings.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
      settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    }
    if (cluster.getOptional(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION).isEmpty()) {
      settings.set(
          CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
          ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    }
    return settings;
  }
}
