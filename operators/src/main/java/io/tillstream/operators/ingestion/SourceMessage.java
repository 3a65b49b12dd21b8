package io.tillstream.operators.ingestion;

import java.util.List;

/** What the source says: a record, or that it reads one more partition from now on. */
public sealed interface SourceMessage {

  /**
   * A record as it lies in Kafka.
   *
   * @param timestamp its Kafka timestamp in epoch milliseconds
   * @param key its key, or null
   * @param value its value, or null
   * @param headers its headers in order, empty if there are none
   */
  record RawRecord(
      String topic,
      int partition,
      long offset,
      long timestamp,
      byte[] key,
      byte[] value,
      List<Header> headers)
      implements SourceMessage {}

  /**
   * A partition that this subtask reads from now on; comes before its first record. So the reader
   * knows of partitions that are empty or slow.
   *
   * @param startingOffset where reading begins; negative if only Kafka knows (its earliest or
   *     committed offset)
   * @param stoppingOffset where reading ends for good, {@link #UNBOUNDED} if never
   */
  record PartitionAssigned(String topic, int partition, long startingOffset, long stoppingOffset)
      implements SourceMessage {
    /** The {@link #stoppingOffset} of a partition that is read for ever. */
    public static final long UNBOUNDED = Long.MAX_VALUE;
  }
}
