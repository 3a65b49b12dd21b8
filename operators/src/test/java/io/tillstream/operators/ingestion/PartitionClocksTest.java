package io.tillstream.operators.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.ingestion.EndOffsets.Range;
import io.tillstream.operators.ingestion.SourceMessage.PartitionAssigned;
import io.tillstream.operators.wire.Frontier;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartitionClocksTest {
  private static final long START = 1_000_000;
  private static final long IDLE = 30_000;
  private static final String TOPIC = "shop-events";
  private static final PartitionId P0 = new PartitionId(TOPIC, 0);
  private static final PartitionId P1 = new PartitionId(TOPIC, 1);

  private final PartitionClocks clocks = new PartitionClocks(5_000, IDLE, START);
  private final Map<PartitionId, Range> ends = new HashMap<>();

  private void assign(PartitionId partition, long offset) {
    clocks.assigned(partition, offset, PartitionAssigned.UNBOUNDED);
  }

  private void event(PartitionId partition, long offset, long time) {
    clocks.event(partition.topic(), partition.number(), offset, time);
  }

  private void end(PartitionId partition, long end, long asOf) {
    ends.put(partition, new Range(0, end, asOf));
  }

  private long readingAt(long now) {
    return clocks.reading(now, ends);
  }

  @Test
  void theSmallestOfTheNewestCounts() {
    assign(P0, 0);
    assign(P1, 0);
    event(P0, 0, 100_000);
    event(P0, 1, 90_000);
    event(P1, 0, 200_000);
    assertThat(readingAt(START)).isEqualTo(95_000);
  }

  @Test
  void aPartitionWithoutAnEventHoldsUntilItIsIdle() {
    assign(P0, 0);
    assign(P1, 0);
    event(P0, 0, 100_000);
    assertThat(readingAt(START)).isEqualTo(PartitionClocks.HOLDING);
    end(P0, 1, START + IDLE - 1);
    end(P1, 0, START + IDLE - 1);
    assertThat(readingAt(START + IDLE)).isEqualTo(PartitionClocks.HOLDING);
    event(P0, 1, 100_001);
    end(P1, 0, START + IDLE);
    assertThat(readingAt(START + IDLE + 1)).isEqualTo(95_001);
  }

  @Test
  void aSlowFetchIsNotIdle() {
    assign(P0, 0);
    event(P0, 0, 100_000);
    readingAt(START);
    end(P0, 2, START + 60_000); // one more record lies in Kafka
    assertThat(readingAt(START + 60_000)).isEqualTo(95_000);
  }

  @Test
  void withoutAFreshAnswerNothingIsIdle() {
    assign(P0, 0);
    event(P0, 0, 100_000);
    readingAt(START);
    assertThat(readingAt(START + 60_000)).isEqualTo(95_000);
    end(P0, 1, START + 54_999);
    assertThat(readingAt(START + 60_000)).isEqualTo(95_000);
    end(P0, 1, START + 55_000);
    assertThat(readingAt(START + 60_000)).isEqualTo(Frontier.SITTING_OUT);
    // The broker falls silent: an answer that grows old proves nothing any more.
    assertThat(readingAt(START + 60_001)).isEqualTo(95_000);
  }

  @Test
  void anAnswerFromBeforeTheTimeOutProvesNothing() {
    assign(P0, 0);
    event(P0, 0, 100_000);
    readingAt(START);
    end(P0, 1, START + IDLE - 1);
    assertThat(readingAt(START + IDLE + 1_000)).isEqualTo(95_000);
  }

  @Test
  void aKnownRecordWakesAnIdlePartition() {
    assign(P0, 0);
    event(P0, 0, 100_000);
    readingAt(START);
    end(P0, 1, START + 40_000);
    assertThat(readingAt(START + 40_000)).isEqualTo(Frontier.SITTING_OUT);
    end(P0, 2, START + 41_000);
    assertThat(readingAt(START + 41_000)).isEqualTo(95_000);
  }

  @Test
  void anEventAfterAPauseOfTheTaskIsDatedWhenItWasRead() {
    assign(P0, 0);
    event(P0, 0, 100_000);
    readingAt(START);
    // The task was blocked for a minute, then read a record, then ticked.
    event(P0, 1, 100_001);
    end(P0, 2, START + 59_000);
    assertThat(readingAt(START + 60_000)).isEqualTo(95_001);
  }

  @Test
  void garbageMovesThePositionAndKeepsNobodyAwake() {
    assign(P0, 0);
    readingAt(START);
    clocks.refused(TOPIC, 0, 0);
    clocks.refused(TOPIC, 0, 1);
    end(P0, 2, START + IDLE);
    assertThat(readingAt(START + IDLE)).isEqualTo(Frontier.SITTING_OUT);
  }

  @Test
  void anUnknownPositionIsTheBeginning() {
    assign(P0, -2);
    readingAt(START);
    ends.put(P0, new Range(7, 9, START + IDLE));
    assertThat(readingAt(START + IDLE)).isEqualTo(PartitionClocks.HOLDING);
    ends.put(P0, new Range(9, 9, START + IDLE));
    assertThat(readingAt(START + IDLE)).isEqualTo(Frontier.SITTING_OUT);
  }

  @Test
  void recordsThatWereDeletedUnreadDoNotKeepItAwake() {
    assign(P0, 3);
    readingAt(START);
    ends.put(P0, new Range(10, 10, START + IDLE));
    assertThat(readingAt(START + IDLE)).isEqualTo(Frontier.SITTING_OUT);
  }

  @Test
  void aSubtaskWithoutPartitionsSitsOutAfterTheTimeOut() {
    assertThat(readingAt(START + IDLE - 1)).isEqualTo(PartitionClocks.HOLDING);
    assertThat(readingAt(START + IDLE)).isEqualTo(Frontier.SITTING_OUT);
  }

  @Test
  void aPartitionAddedLaterHolds() {
    assign(P0, 0);
    event(P0, 0, 100_000);
    assertThat(readingAt(START)).isEqualTo(95_000);
    assign(P1, 0);
    assertThat(readingAt(START + 1)).isEqualTo(PartitionClocks.HOLDING);
  }

  @Test
  void aBoundedPartitionReadToItsEndHoldsNobody() {
    clocks.assigned(P0, 0, 2);
    event(P0, 0, 100_000);
    assertThat(readingAt(START)).isEqualTo(95_000);
    event(P0, 1, 100_000);
    assertThat(readingAt(START)).isEqualTo(Frontier.SITTING_OUT);
  }

  @Test
  void theMemoryOfACheckpointGoesOn() {
    assign(P0, 0);
    event(P0, 0, 100_000);
    readingAt(START);
    var memory = clocks.memory(START + 20_000);
    assertThat(memory).containsExactly(new PartitionMemory(P0, 100_000, 20_000));

    PartitionClocks restored = new PartitionClocks(5_000, IDLE, 500);
    memory.forEach(restored::remember);
    restored.assigned(P0, 1, PartitionAssigned.UNBOUNDED);
    assertThat(restored.reading(500, Map.of())).isEqualTo(95_000);
    // It was quiet for 20 s before: 10 s more suffice.
    Map<PartitionId, Range> tooEarly = Map.of(P0, new Range(0, 1, 10_499));
    assertThat(restored.reading(10_500, tooEarly)).isEqualTo(95_000);
    Map<PartitionId, Range> enough = Map.of(P0, new Range(0, 1, 10_500));
    assertThat(restored.reading(10_500, enough)).isEqualTo(Frontier.SITTING_OUT);
  }

  @Test
  void theMemoryHoldsOnlyWhatIsReadHere() {
    clocks.remember(new PartitionMemory(P1, 5, 5));
    assign(P0, 0);
    assertThat(clocks.memory(START)).extracting(PartitionMemory::partition).containsExactly(P0);
  }
}
