package io.tillstream.operators.ingestion;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** End offsets that a test sets. Static, because the operator that holds it is serialised. */
final class FakeEndOffsets implements EndOffsets {
  private static final Map<PartitionId, Range> ANSWERS = new ConcurrentHashMap<>();
  private static volatile Set<PartitionId> watched = Set.of();

  static final EndOffsets.Factory FACTORY = clock -> new FakeEndOffsets();

  static void reset() {
    ANSWERS.clear();
    watched = Set.of();
  }

  static void answer(PartitionId partition, Range range) {
    ANSWERS.put(partition, range);
  }

  static Set<PartitionId> watched() {
    return watched;
  }

  @Override
  public void watch(Set<PartitionId> partitions) {
    watched = partitions;
  }

  @Override
  public Map<PartitionId, Range> latest() {
    return ANSWERS;
  }

  @Override
  public void close() {}
}
