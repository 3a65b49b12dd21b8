package io.tillstream.operators.ingestion;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Where Kafka's partitions begin and end, asked again and again in the background. An answer that
 * does not come leaves the older one standing, whose age tells.
 */
public interface EndOffsets extends AutoCloseable {

  /**
   * An answer.
   *
   * @param begin the first offset that still exists
   * @param end the offset of the next record
   * @param asOf when it was asked for, in the milliseconds of the clock given to {@link
   *     Factory#open}: the partition held at least that much then
   */
  record Range(long begin, long end, long asOf) {}

  /** Sets the partitions to ask for. */
  void watch(Set<PartitionId> partitions);

  /** The newest answers; a partition without any is absent. Never blocks; for any thread. */
  Map<PartitionId, Range> latest();

  @Override
  void close();

  /** Begins to ask, on the machine where the operator runs. */
  @FunctionalInterface
  interface Factory extends Serializable {

    /**
     * New end offsets.
     *
     * @param clock milliseconds that never go back
     */
    EndOffsets open(LongSupplier clock);
  }
}
