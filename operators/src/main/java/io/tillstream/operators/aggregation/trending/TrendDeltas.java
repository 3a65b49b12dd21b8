package io.tillstream.operators.aggregation.trending;

import io.tillstream.operators.aggregation.sums.TrendSink;
import io.tillstream.operators.figures.Trend;
import org.apache.flink.util.OutputTag;

/**
 * Hands the views and units that pass through the sums on to the trending operators. It keeps
 * nothing.
 */
public final class TrendDeltas implements TrendSink {
  /** Where they leave the sums. */
  public static final OutputTag<TrendDelta> TAG = new OutputTag<>("trends", Trending.DELTAS);

  private final Host host;

  private TrendDeltas(Host host) {
    this.host = host;
  }

  @Override
  public void add(String itemId, String category, Trend trend) {
    host.emit(TAG, new TrendDelta(itemId, trend));
  }

  @Override
  public void onWatermark(long watermark) {}

  @Override
  public void beforeBarrier() {}

  /** Makes one for each subtask of the sums. */
  public static final class Factory implements TrendSink.Factory {
    private static final long serialVersionUID = 1L;

    @Override
    public TrendSink open(Host host) {
      return new TrendDeltas(host);
    }
  }
}
