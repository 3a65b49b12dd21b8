package io.tillstream.operators.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.ingestion.SourceMessage.PartitionAssigned;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AssignmentTrackingReaderTest {
  private final Inner inner = new Inner();
  private final AssignmentTrackingReader reader = new AssignmentTrackingReader(inner);

  /** A reader with nothing to read until it is woken. */
  private static final class Inner implements SourceReader<SourceMessage, KafkaPartitionSplit> {
    private final List<KafkaPartitionSplit> splits = new ArrayList<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<SourceMessage> output) {
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
      return splits;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return available;
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> added) {
      splits.addAll(added);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }

  private static final class Emitted implements ReaderOutput<SourceMessage> {
    private final List<SourceMessage> records = new ArrayList<>();

    @Override
    public void collect(SourceMessage record) {
      records.add(record);
    }

    @Override
    public void collect(SourceMessage record, long timestamp) {
      records.add(record);
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}

    @Override
    public SourceOutput<SourceMessage> createOutputForSplit(String splitId) {
      return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {}
  }

  private static KafkaPartitionSplit split(int partition, long from) {
    return new KafkaPartitionSplit(new TopicPartition("t", partition), from);
  }

  @Test
  void announcesEachPartitionBeforeItsRecords() throws Exception {
    reader.addSplits(
        List.of(
            split(0, KafkaPartitionSplit.EARLIEST_OFFSET),
            new KafkaPartitionSplit(new TopicPartition("t", 1), 5, 9)));
    assertThat(reader.isAvailable()).isDone();
    Emitted output = new Emitted();
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.MORE_AVAILABLE);
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.MORE_AVAILABLE);
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    assertThat(output.records)
        .containsExactly(
            new PartitionAssigned("t", 0, -2, PartitionAssigned.UNBOUNDED),
            new PartitionAssigned("t", 1, 5, 9));
    assertThat(reader.snapshotState(1)).hasSize(2);
  }

  @Test
  void anAssignmentWakesATaskThatAlreadySleeps() {
    CompletableFuture<Void> sleepingOn = reader.isAvailable();
    assertThat(sleepingOn).isNotDone();
    assertThat(reader.isAvailable()).isSameAs(sleepingOn);
    reader.addSplits(List.of(split(0, 0)));
    assertThat(sleepingOn).isDone();
  }

  @Test
  void theInnerReaderWakesItToo() {
    CompletableFuture<Void> sleepingOn = reader.isAvailable();
    inner.available.complete(null);
    assertThat(sleepingOn).isDone();
    assertThat(reader.isAvailable()).isDone();
    inner.available = new CompletableFuture<>();
    CompletableFuture<Void> again = reader.isAvailable();
    assertThat(again).isNotDone();
    inner.available.complete(null);
    assertThat(again).isDone();
  }
}
