package io.tillstream.operators.ingestion;

import io.tillstream.operators.ingestion.SourceMessage.RawRecord;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** A source of made records that can be replayed: numbers, and what record each of them is. */
final class NumbersAsRecords
    implements Source<SourceMessage, NumberSequenceSplit, Collection<NumberSequenceSplit>> {
  private static final long serialVersionUID = 1L;

  /** What record a number is. */
  interface Maker extends Serializable {
    RawRecord make(long number);
  }

  /** Holds a reader back. */
  interface Gate extends BooleanSupplier, Serializable {}

  private final NumberSequenceSource numbers;
  private final Maker maker;
  private final long freely;
  private final Gate gate;

  /**
   * The source.
   *
   * @param count how many records
   * @param freely how many each reader sends before it waits for the gate to open
   */
  NumbersAsRecords(long count, Maker maker, long freely, Gate gate) {
    this.numbers = new NumberSequenceSource(0, count - 1);
    this.maker = maker;
    this.freely = freely;
    this.gate = gate;
  }

  @Override
  public Boundedness getBoundedness() {
    return numbers.getBoundedness();
  }

  @Override
  public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> createEnumerator(
      SplitEnumeratorContext<NumberSequenceSplit> context) {
    return numbers.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> restoreEnumerator(
      SplitEnumeratorContext<NumberSequenceSplit> context,
      Collection<NumberSequenceSplit> checkpoint) {
    return numbers.restoreEnumerator(context, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<NumberSequenceSplit> getSplitSerializer() {
    return numbers.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<Collection<NumberSequenceSplit>>
      getEnumeratorCheckpointSerializer() {
    return numbers.getEnumeratorCheckpointSerializer();
  }

  @Override
  public SourceReader<SourceMessage, NumberSequenceSplit> createReader(
      SourceReaderContext context) {
    return new Reader(numbers.createReader(context));
  }

  private final class Reader implements SourceReader<SourceMessage, NumberSequenceSplit> {
    private final SourceReader<Long, NumberSequenceSplit> inner;
    private long sent;

    Reader(SourceReader<Long, NumberSequenceSplit> inner) {
      this.inner = inner;
    }

    @Override
    public void start() {
      inner.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<SourceMessage> output) throws Exception {
      if (sent >= freely && !gate.getAsBoolean()) {
        return InputStatus.MORE_AVAILABLE;
      }
      return inner.pollNext(new Output(output));
    }

    @Override
    public List<NumberSequenceSplit> snapshotState(long checkpointId) {
      return inner.snapshotState(checkpointId);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return inner.isAvailable();
    }

    @Override
    public void addSplits(List<NumberSequenceSplit> splits) {
      inner.addSplits(splits);
    }

    @Override
    public void notifyNoMoreSplits() {
      inner.notifyNoMoreSplits();
    }

    @Override
    public void close() throws Exception {
      inner.close();
    }

    private final class Output implements ReaderOutput<Long> {
      private final ReaderOutput<SourceMessage> outer;

      Output(ReaderOutput<SourceMessage> outer) {
        this.outer = outer;
      }

      @Override
      public void collect(Long number) {
        sent++;
        outer.collect(maker.make(number));
      }

      @Override
      public void collect(Long number, long timestamp) {
        collect(number);
      }

      @Override
      public void emitWatermark(Watermark watermark) {}

      @Override
      public void markIdle() {}

      @Override
      public void markActive() {}

      @Override
      public SourceOutput<Long> createOutputForSplit(String splitId) {
        return this;
      }

      @Override
      public void releaseOutputForSplit(String splitId) {}
    }
  }
}
