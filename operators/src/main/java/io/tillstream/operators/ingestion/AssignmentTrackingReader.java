package io.tillstream.operators.ingestion;

import io.tillstream.operators.ingestion.SourceMessage.PartitionAssigned;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * A reader that announces each partition in the stream before any of its records. All methods run
 * in the task's thread; only the inner reader's future is completed by another.
 */
final class AssignmentTrackingReader implements SourceReader<SourceMessage, KafkaPartitionSplit> {
  private static final CompletableFuture<Void> AVAILABLE = CompletableFuture.completedFuture(null);

  private final SourceReader<SourceMessage, KafkaPartitionSplit> inner;
  private final Queue<PartitionAssigned> announcements = new ArrayDeque<>();

  private CompletableFuture<Void> innerFuture = AVAILABLE;
  private CompletableFuture<Void> waiting = AVAILABLE;

  AssignmentTrackingReader(SourceReader<SourceMessage, KafkaPartitionSplit> inner) {
    this.inner = inner;
  }

  @Override
  public void start() {
    inner.start();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<SourceMessage> output) throws Exception {
    PartitionAssigned announcement = announcements.poll();
    if (announcement == null) {
      return inner.pollNext(output);
    }
    output.collect(announcement);
    return InputStatus.MORE_AVAILABLE;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    if (!announcements.isEmpty()) {
      return AVAILABLE;
    }
    CompletableFuture<Void> available = inner.isAvailable();
    if (available.isDone()) {
      return available;
    }
    // The task may already sleep on the future when a partition is assigned, and the inner reader
    // wakes it only with that partition's first batch: so it sleeps on a future of our own.
    if (available != innerFuture || waiting.isDone()) {
      CompletableFuture<Void> mine = new CompletableFuture<>();
      var unused = available.thenRun(() -> mine.complete(null));
      innerFuture = available;
      waiting = mine;
    }
    return waiting;
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    for (KafkaPartitionSplit split : splits) {
      long stop = split.getStoppingOffset().orElse(PartitionAssigned.UNBOUNDED);
      announcements.add(
          new PartitionAssigned(
              split.getTopic(),
              split.getPartition(),
              split.getStartingOffset(),
              stop < 0 ? PartitionAssigned.UNBOUNDED : stop));
    }
    inner.addSplits(splits);
    waiting.complete(null);
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    return inner.snapshotState(checkpointId);
  }

  @Override
  public void notifyNoMoreSplits() {
    inner.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent sourceEvent) {
    inner.handleSourceEvents(sourceEvent);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    inner.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    inner.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
    inner.pauseOrResumeSplits(pause, resume);
  }

  @Override
  public void close() throws Exception {
    inner.close();
  }
}
