package io.tillstream.operators.ingestion;

import io.tillstream.operators.ingestion.EndOffsets.Range;
import io.tillstream.operators.wire.Frontier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The clocks of the partitions that one subtask reads, and the watermark they make together: for
 * each partition the newest event seen minus the out-of-orderness, overall the smallest over those
 * that are not idle.
 *
 * <p>Times are milliseconds: event times since 1970, the others of a clock that never goes back.
 * For one thread.
 */
final class PartitionClocks {
  /** The reading while a partition that is not idle has not sent an event yet. */
  static final long HOLDING = Long.MIN_VALUE + 1;

  /** The newest event time where none was seen. */
  static final long NONE = Long.MIN_VALUE;

  /** How old an end offset may be to prove that a partition is idle. */
  static final long FRESH_MS = 5_000;

  private final long outOfOrdernessMs;
  private final long idleTimeoutMs;
  private final long startedAt;
  private final Map<PartitionId, PartitionClock> clocks = new HashMap<>();
  private final Map<PartitionId, PartitionMemory> remembered = new HashMap<>();

  private PartitionClock last;

  /** No partition yet, at the time {@code startedAt}. */
  PartitionClocks(long outOfOrdernessMs, long idleTimeoutMs, long startedAt) {
    this.outOfOrdernessMs = outOfOrdernessMs;
    this.idleTimeoutMs = idleTimeoutMs;
    this.startedAt = startedAt;
  }

  /** What a checkpoint says of a partition, which may be assigned here or elsewhere. */
  void remember(PartitionMemory memory) {
    remembered.put(memory.partition(), memory);
  }

  /** A partition is read from now on. */
  void assigned(PartitionId partition, long startingOffset, long stoppingOffset) {
    PartitionClock clock = new PartitionClock(partition, startingOffset, stoppingOffset);
    PartitionMemory memory = remembered.remove(partition);
    if (memory != null) {
      clock.carryOn(memory);
    }
    clocks.put(partition, clock);
    last = null;
  }

  /** An event was read. */
  void event(String topic, int partition, long offset, long eventTime) {
    clock(topic, partition, offset).event(offset, eventTime);
  }

  /** A record was read that is no event. */
  void refused(String topic, int partition, long offset) {
    clock(topic, partition, offset).refused(offset);
  }

  // Records come in runs of one partition.
  private PartitionClock clock(String topic, int partition, long offset) {
    PartitionClock clock = last;
    if (clock == null || !clock.is(topic, partition)) {
      PartitionId id = new PartitionId(topic, partition);
      clock =
          clocks.computeIfAbsent(
              id,
              added ->
                  new PartitionClock(added, offset, SourceMessage.PartitionAssigned.UNBOUNDED));
      last = clock;
    }
    return clock;
  }

  /**
   * The watermark of all partitions together: {@link #HOLDING} while one that is not idle has not
   * sent an event yet; {@link Frontier#SITTING_OUT} if all are idle, or if there has been none for
   * the idle time-out.
   */
  long reading(long now, Map<PartitionId, Range> ends) {
    if (clocks.isEmpty()) {
      return now - startedAt >= idleTimeoutMs ? Frontier.SITTING_OUT : HOLDING;
    }
    long min = Frontier.SITTING_OUT;
    for (PartitionClock clock : clocks.values()) {
      clock.settle(now);
      if (!clock.isIdle(now, ends.get(clock.partition()), idleTimeoutMs)) {
        long newest = clock.newest();
        min = Math.min(min, newest == NONE ? HOLDING : newest - outOfOrdernessMs);
      }
    }
    return min;
  }

  /** The partitions assigned here. */
  Set<PartitionId> partitions() {
    return Set.copyOf(clocks.keySet());
  }

  /** The next offset of each partition; negative where only Kafka knows. */
  Map<PartitionId, Long> positions() {
    Map<PartitionId, Long> positions = new HashMap<>();
    clocks.values().forEach(clock -> positions.put(clock.partition(), clock.position()));
    return positions;
  }

  /** What a checkpoint keeps: of the partitions assigned here, and nothing of others. */
  List<PartitionMemory> memory(long now) {
    List<PartitionMemory> memory = new ArrayList<>();
    for (PartitionClock clock : clocks.values()) {
      clock.settle(now);
      memory.add(clock.memory(now));
    }
    return memory;
  }
}
