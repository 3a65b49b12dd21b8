package io.tillstream.operators.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.ingestion.EndOffsets.Range;
import io.tillstream.operators.ingestion.Ingested.ClockReading;
import io.tillstream.operators.ingestion.Ingested.EventReading;
import io.tillstream.operators.ingestion.SourceMessage.PartitionAssigned;
import io.tillstream.operators.ingestion.SourceMessage.RawRecord;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.operators.wire.Frontier;
import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.event.ErrorClass;
import io.tillstream.routing.event.ShopEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadOperatorTest {
  private static final String TOPIC = "shop-events";
  private static final PartitionId P0 = new PartitionId(TOPIC, 0);
  private static final long T0 = 1_700_000_000_000L / 60_000 * 60_000;

  private final List<AutoCloseable> open = new ArrayList<>();
  private OneInputStreamOperatorTestHarness<SourceMessage, Ingested> harness;
  private long now;

  @BeforeEach
  void start() throws Exception {
    FakeEndOffsets.reset();
    FakeReports.reset();
    harness = harness(1, 0, null);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private OneInputStreamOperatorTestHarness<SourceMessage, Ingested> harness(
      int subtasks, int subtask, OperatorSubtaskState state) throws Exception {
    return harness(subtasks, subtask, state, 1);
  }

  private OneInputStreamOperatorTestHarness<SourceMessage, Ingested> harness(
      int subtasks, int subtask, OperatorSubtaskState state, int oldSubtasks) throws Exception {
    var made =
        new OneInputStreamOperatorTestHarness<SourceMessage, Ingested>(
            new ReadOperator(
                IngestionOptions.DEFAULT,
                ContractParser.FACTORY,
                FakeEndOffsets.FACTORY,
                FakeReports.FACTORY),
            Shards.COUNT,
            subtasks,
            subtask);
    open.add(made);
    made.setProcessingTime(now);
    made.setup(new CodecSerializer<>(IngestedCodec.class));
    if (state != null) {
      made.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, Shards.COUNT, oldSubtasks, subtasks, subtask));
    }
    made.open();
    return made;
  }

  private static byte[] json(String id, long time) {
    return ("{\"event_id\":\"%s\",\"event_type\":\"view_item\",\"event_time\":%d,"
            + "\"items\":[{\"item_id\":\"SKU1\"}],\"more\":true}")
        .formatted(id, time)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static RawRecord record(int partition, long offset, byte[] value) {
    return new RawRecord(
        TOPIC,
        partition,
        offset,
        T0 + 3_600_000,
        new byte[] {7},
        value,
        List.of(new Header("h", new byte[] {9})));
  }

  private void assign(int partition) throws Exception {
    send(new PartitionAssigned(TOPIC, partition, 0, PartitionAssigned.UNBOUNDED));
  }

  private void event(int partition, long offset, String id, long time) throws Exception {
    send(record(partition, offset, json(id, time)));
  }

  private void send(SourceMessage message) throws Exception {
    harness.processElement(new StreamRecord<>(message));
  }

  private void at(long time) throws Exception {
    now = time;
    harness.setProcessingTime(time);
  }

  private List<Ingested> emitted() {
    List<Ingested> values = new ArrayList<>();
    for (Object each : harness.getOutput()) {
      if (each instanceof StreamRecord<?> record) {
        values.add((Ingested) record.getValue());
      }
    }
    harness.getOutput().clear();
    return values;
  }

  private static List<Long> clocks(List<Ingested> values) {
    return values.stream()
        .filter(ClockReading.class::isInstance)
        .map(ClockReading.class::cast)
        .filter(clock -> clock.shard() == 0)
        .map(ClockReading::watermark)
        .toList();
  }

  private static List<EventReading> events(List<Ingested> values) {
    return values.stream()
        .filter(EventReading.class::isInstance)
        .map(EventReading.class::cast)
        .toList();
  }

  @Test
  void eventsPassParsedAndRefusedOnesGoAsideByteForByte() throws Exception {
    assign(0);
    event(0, 0, "a", T0);
    byte[] garbage = "{\"event_id\":".getBytes(StandardCharsets.UTF_8);
    send(record(0, 1, garbage));
    send(record(0, 2, null));
    EventReading reading = events(emitted()).get(0);
    ShopEvent event = reading.event();
    assertThat(event.eventTime()).isEqualTo(T0);
    assertThat(reading.shard()).isEqualTo(Shards.of(event.id()));
    var letters = harness.getSideOutput(ReadOperator.DEAD_LETTERS);
    assertThat(letters).hasSize(2);
    DeadLetter letter = letters.peek().getValue();
    assertThat(letter.value()).isSameAs(garbage);
    assertThat(letter.key()).containsExactly(7);
    assertThat(letter.headers()).extracting(Header::name).containsExactly("h");
    assertThat(letter.errorClass()).isEqualTo(ErrorClass.NOT_JSON);
    assertThat(letter.stage()).isEqualTo("parse");
    assertThat(letter.topic()).isEqualTo(TOPIC);
    assertThat(letter.partition()).isZero();
    assertThat(letter.offset()).isEqualTo(1);
  }

  @Test
  void clocksGoToEveryShardInOrderWithTheEvents() throws Exception {
    assign(0);
    event(0, 0, "a", T0);
    at(100);
    List<Ingested> values = emitted();
    assertThat(values).hasSize(1 + Shards.COUNT);
    assertThat(values.get(0)).isInstanceOf(EventReading.class);
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      assertThat(values.get(1 + shard)).isEqualTo(new ClockReading(shard, 0, 1, T0 - 5_000));
    }
    at(900);
    assertThat(emitted()).isEmpty();
    at(1_100);
    assertThat(clocks(emitted())).containsExactly(T0 - 5_000);
    event(0, 1, "b", T0 + 1);
    at(1_200);
    assertThat(clocks(emitted())).containsExactly(T0 - 4_999);
  }

  @Test
  void itHoldsBeforeItsPartitionsHaveSpoken() throws Exception {
    at(100);
    assertThat(clocks(emitted())).containsExactly(PartitionClocks.HOLDING);
    assign(0);
    assign(1);
    event(0, 0, "a", T0);
    at(200);
    assertThat(clocks(emitted())).isEmpty(); // no change
    assertThat(FakeEndOffsets.watched()).containsExactlyInAnyOrder(P0, new PartitionId(TOPIC, 1));
    event(1, 0, "b", T0);
    at(300);
    assertThat(clocks(emitted())).containsExactly(T0 - 5_000);
  }

  @Test
  void sittingOutAndBackAgain() throws Exception {
    assign(0);
    event(0, 0, "a", T0);
    at(100);
    FakeEndOffsets.answer(P0, new Range(0, 1, 30_100));
    at(30_100);
    List<Long> readings = clocks(emitted());
    assertThat(readings.get(readings.size() - 1)).isEqualTo(Frontier.SITTING_OUT);
    event(0, 1, "b", T0 + 60_000);
    at(30_200);
    assertThat(clocks(emitted())).containsExactly(T0 + 55_000);
  }

  @Test
  void bytesTravelOnlyWhereAnEventMayBeLate() throws Exception {
    assign(0);
    // Nothing was sent yet: no judge has a watermark.
    event(0, 0, "a", T0);
    event(0, 1, "b", T0 - 3_600_000);
    assertThat(events(emitted())).extracting(EventReading::bytes).containsOnlyNulls();
    at(100); // T0 - 5 s was promised
    event(0, 2, "c", T0 - 60_000 - 5_000);
    event(0, 3, "d", T0 - 120_000 - 5_000);
    List<EventReading> readings = events(emitted());
    assertThat(readings.get(0).bytes()).isNull();
    assertThat(readings.get(1).bytes()).isEqualTo(json("d", T0 - 120_000 - 5_000));
  }

  @Test
  void onceItSatOutBytesTravelAlways() throws Exception {
    assign(0);
    event(0, 0, "a", T0);
    at(100);
    FakeEndOffsets.answer(P0, new Range(0, 1, 30_100));
    at(30_100);
    event(0, 1, "b", T0 + 1);
    at(30_200); // back: others may have moved the watermark anywhere meanwhile
    event(0, 2, "c", T0 + 3_000_000);
    assertThat(events(emitted()).subList(1, 3))
        .extracting(EventReading::bytes)
        .doesNotContainNull();
  }

  @Test
  void theBoundIsInTheCheckpointAndTheSmallestCounts() throws Exception {
    assign(0);
    event(0, 0, "a", T0);
    at(100);
    OperatorSubtaskState steady = harness.snapshot(1, 1);
    FakeEndOffsets.answer(P0, new Range(0, 1, 30_100));
    at(30_100);
    OperatorSubtaskState satOut = harness.snapshot(2, 2);

    harness = harness(1, 0, satOut);
    event(0, 1, "b", T0 + 3_000_000);
    assertThat(events(emitted()).get(0).bytes()).isNotNull();

    harness = harness(1, 0, AbstractStreamOperatorTestHarness.repackageState(satOut, steady), 2);
    event(0, 1, "b", T0);
    event(0, 2, "c", T0 - 200_000);
    List<EventReading> readings = events(emitted());
    assertThat(readings.get(0).bytes()).isNull();
    assertThat(readings.get(1).bytes()).isNotNull();
  }

  @Test
  void aPartitionsClockGoesOnAfterARestore() throws Exception {
    assign(0);
    event(0, 0, "a", T0);
    at(100);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness = harness(1, 0, state);
    send(new PartitionAssigned(TOPIC, 0, 1, PartitionAssigned.UNBOUNDED));
    at(200);
    assertThat(clocks(emitted())).containsExactly(T0 - 5_000);
  }

  @Test
  void flinksOwnTimeIsSwallowedExceptForItsEnd() throws Exception {
    harness.processWatermark(new Watermark(5));
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    assertThat(harness.getOutput()).isEmpty();
    harness.processWatermark(Watermark.MAX_WATERMARK);
    assertThat(harness.getOutput()).containsExactly(Watermark.MAX_WATERMARK);
  }

  @Test
  void atTheEndOfInputItHoldsNobody() throws Exception {
    assign(0);
    event(0, 0, "a", T0);
    at(100);
    emitted();
    harness.endInput();
    assertThat(clocks(emitted())).containsExactly(Frontier.SITTING_OUT);
    at(5_000);
    assertThat(emitted()).isEmpty();
    assertThat(FakeReports.lastWord(harness.getOperator()).state()).isEqualTo(AgentState.COMPLETED);
  }

  @Test
  void countsSurviveACrashAndAddUpAfterARescale() throws Exception {
    assign(0);
    event(0, 0, "a", T0);
    event(0, 1, "b", T0);
    send(record(0, 2, new byte[0]));
    OperatorSubtaskState state = harness.snapshot(1, 1);
    event(0, 3, "c", T0); // after the barrier: will be read again
    long in = 0;
    long dead = 0;
    for (int subtask = 0; subtask < 3; subtask++) {
      harness = harness(3, subtask, state);
      if (subtask == 0) {
        event(0, 3, "c", T0);
      }
      AgentReport report = FakeReports.lastWord(harness.getOperator());
      in += report.counts().get("in");
      dead += report.counts().get("dead_lettered");
    }
    assertThat(in).isEqualTo(4);
    assertThat(dead).isEqualTo(1);
  }

  @Test
  void theLagIsToldByPartition() throws Exception {
    assign(0);
    event(0, 0, "a", T0);
    at(100);
    FakeEndOffsets.answer(P0, new Range(0, 11, 100));
    AgentReport report = FakeReports.lastWord(harness.getOperator());
    assertThat(report.agent()).isEqualTo("ingestion");
    assertThat(report.part()).isEqualTo("read");
    assertThat(report.indicators()).containsEntry("position_0", 1.0).containsEntry("lag_0", 10.0);
  }

  @Test
  void theAgeOfRecordsAndOfTheLastCheckpointAreTold() throws Exception {
    assign(0);
    at(1_250);
    send(new RawRecord(TOPIC, 0, 0, 1_000, null, json("a", 900), List.of()));
    harness.getOneInputOperator().notifyCheckpointComplete(1);
    at(2_250);
    assertThat(FakeReports.lastWord(harness.getOperator()).indicators())
        .hasEntrySatisfying("latency_p99_ms", age -> assertThat(age).isBetween(248.0, 252.0))
        .containsEntry("checkpoint_age_ms", 1_000.0);
  }

  @Test
  void itsFirstReportNeedsNoRecordAndItsErrorsAreThoseOfLately() throws Exception {
    awaitReport(report -> report.counts().get("in") == 0);
    assign(0);
    event(0, 0, "a", T0);
    send(record(0, 1, new byte[0]));
    at(100);
    AgentReport report = FakeReports.lastWord(harness.getOperator());
    assertThat(report.errorRate()).isEqualTo(0.5);
    at(6_000);
    awaitReport(later -> later.errorRate() == 0 && later.sequence() > report.sequence());
  }

  @Test
  void whileTheTaskIsStuckItsLagIsSeenToGrow() throws Exception {
    assign(0);
    event(0, 0, "a", T0);
    at(100);
    // From here on the task's thread, this one, does nothing for the operator.
    FakeEndOffsets.answer(P0, new Range(0, 11, 100));
    awaitReport(report -> report.indicators().getOrDefault("lag_0", 0.0) == 10);
    FakeEndOffsets.answer(P0, new Range(0, 31, 100));
    awaitReport(report -> report.indicators().getOrDefault("lag_0", 0.0) == 30);
  }

  private static void awaitReport(Predicate<AgentReport> condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (FakeReports.sent().stream().noneMatch(condition)) {
      assertThat(System.nanoTime() - end).as("no such report came").isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }
}
