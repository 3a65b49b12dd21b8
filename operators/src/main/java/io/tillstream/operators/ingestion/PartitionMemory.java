package io.tillstream.operators.ingestion;

/**
 * What a checkpoint keeps of a partition's clock.
 *
 * @param partition the partition
 * @param newest the newest event time seen in it, {@link PartitionClocks#NONE} if none was
 * @param quietMs for how long no event had come
 */
public record PartitionMemory(PartitionId partition, long newest, long quietMs) {}
