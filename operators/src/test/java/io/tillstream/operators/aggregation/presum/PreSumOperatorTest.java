package io.tillstream.operators.aggregation.presum;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.aggregation.AggregationOptions;
import io.tillstream.operators.figures.Contribution;
import io.tillstream.operators.figures.ContributionCodec;
import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.Enriched;
import io.tillstream.operators.figures.EnrichedEvent;
import io.tillstream.operators.figures.Owed;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.routing.event.EventLine;
import io.tillstream.routing.event.EventType;
import io.tillstream.routing.event.Id128;
import io.tillstream.routing.event.ShopEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreSumOperatorTest {
  private static final long T0 = 1_799_999_940_000L;
  private static final int MAX_ENTRIES = 3_000;

  private OneInputStreamOperatorTestHarness<Enriched, Contribution> harness;

  @BeforeEach
  void open() throws Exception {
    open(
        new AggregationOptions(
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            "primary",
            MAX_ENTRIES,
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            1,
            Duration.ofSeconds(1)));
  }

  private void open(AggregationOptions options) throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new PreSumOperator.Factory(options, "pre-sum", null), 1, 1, 0);
    harness.setup(new CodecSerializer<>(ContributionCodec.class));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void fewEntriesWaitHalfTheInterval() throws Exception {
    view("a");
    view("a");
    assertThat(harness.getOutput()).isEmpty();
    harness.setProcessingTime(50);
    assertThat(views()).isEqualTo(2);
  }

  @Test
  void manyEntriesWaitTheInterval() throws Exception {
    for (int i = 0; i < 1_200; i++) {
      view("item" + i);
    }
    harness.setProcessingTime(50);
    assertThat(harness.getOutput()).isEmpty();
    harness.setProcessingTime(100);
    assertThat(views()).isEqualTo(1_200);
  }

  @Test
  void memoryIsBounded() throws Exception {
    for (int i = 0; i < MAX_ENTRIES; i++) {
      view("item" + i);
    }
    assertThat(views()).isGreaterThanOrEqualTo(MAX_ENTRIES / 2);
  }

  @Test
  void aWatermarkFollowsTheSumsItSpeaksOf() throws Exception {
    view("a");
    harness.processWatermark(5);
    view("b");
    harness.processWatermark(7);
    harness.setProcessingTime(50);
    Object[] output = harness.getOutput().toArray();
    assertThat(output[output.length - 1]).isEqualTo(new Watermark(7));
    assertThat(views()).isEqualTo(2);
    assertThat(output).doesNotContain(new Watermark(5));
  }

  @Test
  void theLastWatermarkWaitsForNothing() throws Exception {
    view("a");
    harness.processWatermark(Long.MAX_VALUE);
    Object[] output = harness.getOutput().toArray();
    assertThat(output[output.length - 1]).isEqualTo(Watermark.MAX_WATERMARK);
    assertThat(views()).isEqualTo(1);
  }

  @Test
  void nothingIsHeldWhenABarrierPasses() throws Exception {
    view("a");
    harness.prepareSnapshotPreBarrier(1);
    assertThat(views()).isEqualTo(1);
  }

  @Test
  void nothingComesAfterTheEnd() throws Exception {
    view("a");
    harness.endInput();
    int size = harness.getOutput().size();
    assertThat(views()).isEqualTo(1);
    harness.prepareSnapshotPreBarrier(1);
    harness.setProcessingTime(1_000);
    assertThat(harness.getOutput()).hasSize(size);
  }

  @Test
  void whatGotNoAnswerIsOwed() throws Exception {
    harness.processElement(new StreamRecord<>(event("a", null)));
    harness.prepareSnapshotPreBarrier(1);
    assertThat(harness.getSideOutput(PreSumOperator.OWED))
        .extracting(StreamRecord::getValue)
        .extracting(Owed::itemId)
        .containsExactly("a");
  }

  @Test
  void theBackupIsOwedWhatTheBackupCounted() throws Exception {
    close();
    open(AggregationOptions.defaults().withAggregator("backup"));
    harness.processElement(new StreamRecord<>(event("a", null)));
    harness.prepareSnapshotPreBarrier(1);
    assertThat(harness.getSideOutput(PreSumOperator.OWED))
        .extracting(owed -> owed.getValue().key().backup())
        .containsExactly(true);
  }

  private void view(String item) throws Exception {
    harness.processElement(new StreamRecord<>(event(item, "c")));
  }

  private static EnrichedEvent event(String item, String category) {
    EventLine line = new EventLine(item, 1, 0, EventLine.NO_STOCK);
    return new EnrichedEvent(
        new ShopEvent(
            new Id128(0, 1),
            EventType.VIEW_ITEM,
            T0,
            T0,
            null,
            null,
            null,
            List.of(line),
            3,
            4_000_000),
        Arrays.asList(category),
        null);
  }

  private long views() {
    return harness.extractOutputValues().stream()
        .mapToLong(contribution -> ((Delta) contribution).events())
        .sum();
  }
}
