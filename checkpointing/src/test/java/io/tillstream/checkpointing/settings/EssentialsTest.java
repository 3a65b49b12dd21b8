package io.tillstream.checkpointing.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.junit.jupiter.api.Test;

class EssentialsTest {

  @Test
  void aClusterThatSaysNothingGetsCheckpointsInRocksDb() {
    Configuration settings = Essentials.over(new Configuration());
    assertThat(settings.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("rocksdb");
    assertThat(settings.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS)).isTrue();
    assertThat(settings.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION))
        .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
  }

  @Test
  void whatAClusterSaysOfCheckpointsHolds() {
    Configuration cluster = new Configuration();
    cluster.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMinutes(1));
    cluster.set(StateBackendOptions.STATE_BACKEND, "forst");
    cluster.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION);
    cluster.addAll(Essentials.over(cluster));
    assertThat(cluster.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(cluster.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("forst");
    assertThat(cluster.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION))
        .isEqualTo(ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION);
  }

  @Test
  void whatStateNeedsHoldsWhateverAClusterSays() {
    Configuration cluster = new Configuration();
    cluster.set(PipelineOptions.GENERIC_TYPES, true);
    cluster.set(PipelineOptions.AUTO_GENERATE_UIDS, true);
    cluster.set(PipelineOptions.MAX_PARALLELISM, 720);
    cluster.set(PipelineOptions.OBJECT_REUSE, false);
    cluster.addAll(Essentials.over(cluster));
    assertThat(cluster.get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(cluster.get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
    assertThat(cluster.get(PipelineOptions.MAX_PARALLELISM)).isEqualTo(128);
    assertThat(cluster.get(PipelineOptions.OBJECT_REUSE)).isTrue();
  }
}
