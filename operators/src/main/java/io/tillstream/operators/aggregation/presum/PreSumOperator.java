package io.tillstream.operators.aggregation.presum;

import io.tillstream.operators.aggregation.AggregationOptions;
import io.tillstream.operators.aggregation.Pace;
import io.tillstream.operators.figures.Contribution;
import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.Enriched;
import io.tillstream.operators.figures.EnrichedEvent;
import io.tillstream.operators.figures.Owed;
import io.tillstream.operators.figures.OwedCodec;
import io.tillstream.operators.wire.CodecTypeInfo;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * {@link PreSums} in a task. It holds nothing when a barrier passes, so it needs no state: it
 * flushes before the barrier, at the end, on size and on time.
 *
 * <p>A watermark waits for the next flush and follows it: several come in the time of one flush,
 * and each would tear sums apart that belong together. To be late is no harm to a watermark.
 */
public final class PreSumOperator extends AbstractStreamOperator<Contribution>
    implements OneInputStreamOperator<Enriched, Contribution>, BoundedOneInput, PreSums.Receiver {
  private static final long serialVersionUID = 1L;

  /** The lines counted without an answer. */
  public static final OutputTag<Owed> OWED =
      new OutputTag<>("owed", CodecTypeInfo.of(Owed.class, OwedCodec.class));

  /** So few entries are flushed at every tick: low traffic is shown soonest. */
  private static final int FEW_ENTRIES = 1_000;

  private static final long LONGEST_INTERVAL = 500;

  private final int maxEntries;
  private final long tickMillis;
  private final transient PreSums sums;
  private final transient StreamRecord<Contribution> contribution = new StreamRecord<>(null);
  private final transient StreamRecord<Owed> owed = new StreamRecord<>(null);
  private transient Watermark held;
  private final Pace pace;
  private transient long oldest = Long.MAX_VALUE;
  private transient long flushedAt;

  private PreSumOperator(
      StreamOperatorParameters<Contribution> parameters, AggregationOptions options) {
    super(parameters);
    this.maxEntries = options.preSumEntries();
    long interval = options.preSumInterval().toMillis();
    this.tickMillis = Math.max(1, interval / 2);
    this.pace = new Pace(interval, Math.max(interval, LONGEST_INTERVAL));
    this.sums = new PreSums(options.window().toMillis(), options.backup());
  }

  @Override
  public void open() throws Exception {
    super.open();
    schedule();
  }

  private void schedule() {
    long at = getProcessingTimeService().getCurrentProcessingTime() + tickMillis;
    var unused = getProcessingTimeService().registerTimer(at, time -> tick());
  }

  private void tick() throws Exception {
    long now = getProcessingTimeService().getCurrentProcessingTime();
    if (sums.entries() <= FEW_ENTRIES || now - flushedAt >= pace.interval(oldest, now)) {
      flush();
    }
    schedule();
  }

  @Override
  public void processElement(StreamRecord<Enriched> element) throws Exception {
    if (!(element.getValue() instanceof EnrichedEvent event)) {
      return;
    }
    sums.add(event);
    oldest = Math.min(oldest, event.event().recordTime());
    if (sums.entries() >= maxEntries) {
      flush();
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    held = mark;
    if (mark.getTimestamp() == Long.MAX_VALUE) {
      flush(); // nothing comes after it, perhaps no tick either
    }
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    flush();
    super.processWatermarkStatus(status);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
  }

  @Override
  public void endInput() throws Exception {
    flush();
  }

  private void flush() throws Exception {
    sums.flush(this);
    oldest = Long.MAX_VALUE;
    flushedAt = getProcessingTimeService().getCurrentProcessingTime();
    if (held != null) {
      Watermark mark = held;
      held = null;
      super.processWatermark(mark);
    }
  }

  @Override
  public void delta(Delta delta) {
    output.collect(contribution.replace(delta));
  }

  @Override
  public void owed(Owed sum) {
    output.collect(OWED, owed.replace(sum));
  }

  /** Makes the operator on the machine where it runs. */
  public static final class Factory extends AbstractStreamOperatorFactory<Contribution>
      implements OneInputStreamOperatorFactory<Enriched, Contribution> {
    private static final long serialVersionUID = 1L;

    private final AggregationOptions options;

    /** A factory of operators with these options. */
    public Factory(AggregationOptions options) {
      this.options = options;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface has it
    public <T extends StreamOperator<Contribution>> T createStreamOperator(
        StreamOperatorParameters<Contribution> parameters) {
      return (T) new PreSumOperator(parameters, options);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
      return PreSumOperator.class;
    }
  }
}
