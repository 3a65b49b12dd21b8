package io.tillstream.operators.ingestion;

import io.tillstream.routing.event.ShopEvent;

/** What the reading subtasks send to the shards: events, and in order with them their clocks. */
public sealed interface Ingested {

  /** Where it goes, 0 to {@link Shards#COUNT} - 1. */
  int shard();

  /**
   * An event.
   *
   * @param bytes the record as it came, where it may turn out late; null where it cannot
   */
  record EventReading(int shard, ShopEvent event, byte[] bytes) implements Ingested {}

  /**
   * How far one reading subtask has come.
   *
   * @param source the subtask, from 0
   * @param sources how many there are
   * @param watermark epoch milliseconds, {@link PartitionClocks#HOLDING} or {@link
   *     io.tillstream.operators.wire.Frontier#SITTING_OUT}
   */
  record ClockReading(int shard, int source, int sources, long watermark) implements Ingested {}
}
