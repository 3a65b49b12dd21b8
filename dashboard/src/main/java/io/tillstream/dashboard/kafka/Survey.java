package io.tillstream.dashboard.kafka;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the topics stood at a moment.
 *
 * @param nanos of the moment
 * @param generation another one after a topic was deleted and made again
 * @param starts where to begin to read, by partition
 * @param ends the offset after the last record, by partition
 */
record Survey(
    long nanos, int generation, Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {}
