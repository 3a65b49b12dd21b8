package io.tillstream.operators.ingestion;

/**
 * One partition of a topic.
 *
 * @param topic the topic's name
 * @param number from 0
 */
public record PartitionId(String topic, int number) {}
