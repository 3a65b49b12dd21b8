package io.tillstream.jobs.kafka;

import java.util.Collection;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Begins where the partitions end now. Flink's own "latest" leaves that open until a record comes:
 * what comes between a checkpoint and a restore of a silent partition would be skipped.
 */
final class AtTheEnd implements OffsetsInitializer {
  private static final long serialVersionUID = 1L;

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever offsets) {
    return offsets.endOffsets(partitions);
  }

  @Override
  @SuppressWarnings("deprecation") // as the interface has it
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.LATEST;
  }
}
