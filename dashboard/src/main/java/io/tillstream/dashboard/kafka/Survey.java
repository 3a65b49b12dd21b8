package io.tillstream.dashboard.kafka;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Where the topics stood at a moment.
 *
 * @param nanos of the moment
 * @param topics the ids of those that exist
 * @param starts where to begin to read, by partition
 * @param ends the offset after the last record, by partition
 */
record Survey(
    long nanos,
    Map<String, Uuid> topics,
    Map<TopicPartition, Long> starts,
    Map<TopicPartition, Long> ends) {

  /** Whether a topic was deleted and made again since the other survey. */
  boolean replaces(Survey earlier) {
    return earlier.topics().entrySet().stream()
        .anyMatch(
            topic -> {
              Uuid now = topics.get(topic.getKey());
              return now != null && !now.equals(topic.getValue());
            });
  }
}
