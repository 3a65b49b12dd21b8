package io.tillstream.operators.aggregation.sums;

import io.tillstream.operators.figures.Trend;
import java.io.Serializable;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.util.OutputTag;

/**
 * What gathers trending inside the sums' operator, because the changes of product rows pass there
 * already keyed. Called by the task's thread alone.
 */
public interface TrendSink {

  /**
   * Views and units of a product, of the product's key group.
   *
   * @param category as the product's row has it now; null if only stock is known
   */
  void add(String itemId, String category, Trend trend) throws Exception;

  /** The watermark, before it is passed on: what is emitted now is before it downstream. */
  void onWatermark(long watermark) throws Exception;

  /** A barrier comes: what is written to state now is in the snapshot. */
  void beforeBarrier() throws Exception;

  /** What the operator offers. */
  interface Host {

    /** Keyed state of all own key groups; the sink sets the key before each access. */
    KeyedStateBackend<String> keyedState();

    /** The own key groups. */
    KeyGroupRange keyGroups();

    /** Sends a value to a side output. */
    <T> void emit(OutputTag<T> tag, T value);
  }

  /** Makes the sink when state is there, restored or empty. */
  @FunctionalInterface
  interface Factory extends Serializable {
    TrendSink open(Host host) throws Exception;
  }
}
