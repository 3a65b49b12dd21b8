package io.tillstream.operators.aggregation.presum;

import io.tillstream.operators.aggregation.AggregationOptions;
import io.tillstream.operators.figures.Contribution;
import io.tillstream.operators.figures.Delta;
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
import org.apache.flink.util.OutputTag;

/**
 * {@link PreSums} in a task. It holds nothing when a barrier passes, so it needs no state: it
 * flushes before the barrier, before a watermark, at the end, on size and on time.
 */
public final class PreSumOperator extends AbstractStreamOperator<Contribution>
    implements OneInputStreamOperator<EnrichedEvent, Contribution>,
        BoundedOneInput,
        PreSums.Receiver {
  private static final long serialVersionUID = 1L;

  /** The lines counted without an answer. */
  public static final OutputTag<Owed> OWED =
      new OutputTag<>("owed", CodecTypeInfo.of(Owed.class, OwedCodec.class));

  private final int maxEntries;
  private final long intervalMillis;
  private final transient PreSums sums;
  private final transient StreamRecord<Contribution> contribution = new StreamRecord<>(null);
  private final transient StreamRecord<Owed> owed = new StreamRecord<>(null);

  private PreSumOperator(
      StreamOperatorParameters<Contribution> parameters, AggregationOptions options) {
    super(parameters);
    this.maxEntries = options.preSumEntries();
    this.intervalMillis = options.preSumInterval().toMillis();
    this.sums = new PreSums(options.window().toMillis());
  }

  @Override
  public void open() throws Exception {
    super.open();
    schedule();
  }

  private void schedule() {
    long at = getProcessingTimeService().getCurrentProcessingTime() + intervalMillis;
    var unused =
        getProcessingTimeService()
            .registerTimer(
                at,
                time -> {
                  sums.flush(this);
                  schedule();
                });
  }

  @Override
  public void processElement(StreamRecord<EnrichedEvent> element) {
    sums.add(element.getValue());
    if (sums.entries() >= maxEntries) {
      sums.flush(this);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    sums.flush(this);
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    sums.flush(this);
  }

  @Override
  public void endInput() {
    sums.flush(this);
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
      implements OneInputStreamOperatorFactory<EnrichedEvent, Contribution> {
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
