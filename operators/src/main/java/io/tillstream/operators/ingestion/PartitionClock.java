package io.tillstream.operators.ingestion;

import io.tillstream.operators.ingestion.EndOffsets.Range;

/** One partition's clock: how far its events have come, and whether it is idle. */
final class PartitionClock {
  private final PartitionId partition;
  private final long stoppingOffset;

  private long position;
  private long newest = PartitionClocks.NONE;
  private long lastEventAt;
  private boolean touched = true;
  private long quietBefore;

  PartitionClock(PartitionId partition, long startingOffset, long stoppingOffset) {
    this.partition = partition;
    this.position = startingOffset;
    this.stoppingOffset = stoppingOffset;
  }

  PartitionId partition() {
    return partition;
  }

  boolean is(String topic, int number) {
    return partition.number() == number && partition.topic().equals(topic);
  }

  /** Carries on from a checkpoint; the time the job was down does not count as quiet. */
  void carryOn(PartitionMemory memory) {
    newest = memory.newest();
    quietBefore = memory.quietMs();
  }

  void event(long offset, long eventTime) {
    position = offset + 1;
    newest = Math.max(newest, eventTime);
    // The clock is not asked for each record; the next reading dates the event, later than it was.
    touched = true;
    quietBefore = 0;
  }

  void refused(long offset) {
    // Not an event: a partition that holds nothing but garbage has no clock and must fall idle.
    position = offset + 1;
  }

  /** Takes note of the time; must be called before {@link #isIdle} and {@link #memory}. */
  void settle(long now) {
    if (touched) {
      lastEventAt = now - quietBefore;
      touched = false;
    }
  }

  /**
   * Whether its end was reached and no event came for the time-out.
   *
   * <p>Proof: all that Kafka held when it was asked ({@code asOf}) lies before {@code end}, has
   * been read if {@code position >= end}, and no event among it was read later than {@code
   * lastEventAt}. So if asking came a time-out after that, no event came for a time-out. A slow
   * fetch leaves the position behind the end; a broker that fails over does not answer, and an old
   * answer proves nothing.
   */
  boolean isIdle(long now, Range range, long idleTimeoutMs) {
    if (position >= stoppingOffset) {
      return true; // nothing will ever come
    }
    return range != null
        && now - range.asOf() <= PartitionClocks.FRESH_MS
        && range.asOf() - lastEventAt >= idleTimeoutMs
        && positionIn(range) >= range.end();
  }

  // Records may be deleted before they were read, and a negative position is Kafka's to resolve.
  private long positionIn(Range range) {
    return Math.max(position, range.begin());
  }

  /** The newest event time seen, or {@link PartitionClocks#NONE}. */
  long newest() {
    return newest;
  }

  /** The offset of the next record; negative if only Kafka knows. */
  long position() {
    return position;
  }

  PartitionMemory memory(long now) {
    return new PartitionMemory(partition, newest, Math.max(0, now - lastEventAt));
  }
}
