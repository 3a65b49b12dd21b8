package io.tillstream.operators.alerting;

import io.tillstream.operators.aggregation.rows.MetricRow;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Passes on rows that an alert may be about. Repairs of windows that are long closed, of which an
 * outage leaves very many, stay off the exchange: no rule looks at them.
 */
final class NewestRows extends AbstractStreamOperator<MetricRow>
    implements OneInputStreamOperator<MetricRow, MetricRow> {
  private static final long serialVersionUID = 1L;

  private final long horizonMillis;
  private transient long watermark;

  /**
   * The operator.
   *
   * @param horizonMillis how far in event time a window's end may lie behind the watermark
   */
  NewestRows(long horizonMillis) {
    this.horizonMillis = horizonMillis;
  }

  @Override
  public void open() throws Exception {
    super.open();
    watermark = Long.MIN_VALUE;
  }

  @Override
  public void processElement(StreamRecord<MetricRow> element) {
    // Before the first watermark, and at the end of all time, every row passes.
    boolean known = watermark != Long.MIN_VALUE && watermark != Long.MAX_VALUE;
    if (!known || element.getValue().windowEnd() + horizonMillis > watermark) {
      output.collect(element);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermark = mark.getTimestamp();
    super.processWatermark(mark);
  }
}
