package io.tillstream.operators.aggregation.trending;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.aggregation.carts.CartRules;
import io.tillstream.operators.aggregation.carts.Carts;
import io.tillstream.operators.figures.CartSignal;
import io.tillstream.operators.figures.CartSignalCodec;
import io.tillstream.operators.figures.Contribution;
import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.Trend;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.routing.event.EventType;
import io.tillstream.routing.event.Id128;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Carts and trending as they are put into a topology, on a real small cluster. */
@Timeout(120)
class TrendingTopologyTest {
  private static final long START = 1_700_000_040L;

  /** Every element says how far time is. */
  private static final class EveryElement<T> implements WatermarkGenerator<T> {
    @Override
    public void onEvent(T event, long timestamp, WatermarkOutput output) {
      output.emitWatermark(new Watermark(timestamp));
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }

  private static StreamExecutionEnvironment environment() {
    Configuration config = new Configuration();
    config.set(PipelineOptions.GENERIC_TYPES, false);
    config.set(PipelineOptions.AUTO_GENERATE_UIDS, true);
    config.set(PipelineOptions.OBJECT_REUSE, true);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, config);
    env.setMaxParallelism(128);
    return env;
  }

  @Test
  void listsEndWithTheLastSecond() throws Exception {
    StreamExecutionEnvironment env = environment();
    List<TrendDelta> deltas = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      deltas.add(
          new TrendDelta(
              "item" + i % 30, new Trend(new long[] {START + i}, new int[] {1}, new long[] {i})));
    }
    DataStream<TrendDelta> stream =
        env.fromData(deltas, Trending.DELTAS)
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<TrendDelta>forGenerator(context -> new EveryElement<>())
                    .withTimestampAssigner((delta, t) -> delta.trend().seconds()[0] * 1000 - 1))
            .setParallelism(1);
    var lists = Trending.of(stream, TrendingOptions.DEFAULT, TrendOperatorTest.NoTitles::new);
    List<TrendingList> seen = new ArrayList<>();
    try (CloseableIterator<TrendingList> each = lists.executeAndCollect()) {
      each.forEachRemaining(seen::add);
    }
    TrendingList last = seen.get(seen.size() - 1);
    assertThat(last.windowEnd()).isEqualTo(START + 99);
    assertThat(last.items()).hasSize(20);
    // Of the last 60 seconds every product has two views; the newest have the most units.
    assertThat(last.items().get(0).itemId()).isEqualTo("item8");
    assertThat(last.items().get(0).units()).isEqualTo(68 + 98);
    assertThat(seen).extracting(TrendingList::windowEnd).isSorted();
  }

  @Test
  void cartsBecomeChangesOfTheShopsRow() throws Exception {
    StreamExecutionEnvironment env = environment();
    List<CartSignal> signals = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      long time = START * 1000 + i * 10L;
      signals.add(new CartSignal(new Id128(i, 7), EventType.ADD_TO_CART, time, time));
      if (i % 2 == 0) {
        signals.add(new CartSignal(new Id128(i, 7), EventType.PURCHASE, time + 1, time));
      }
    }
    DataStream<CartSignal> stream =
        env.fromData(signals, CodecTypeInfo.of(CartSignal.class, CartSignalCodec.class))
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<CartSignal>forGenerator(context -> new EveryElement<>())
                    .withTimestampAssigner((signal, t) -> signal.eventTime() - 5_000))
            .setParallelism(1);
    long opened = 0;
    long bought = 0;
    long abandoned = 0;
    var deltas = Carts.of(stream, new CartRules(1_800_000, 60_000, 60_000));
    try (CloseableIterator<Contribution> each = deltas.executeAndCollect()) {
      while (each.hasNext()) {
        Delta delta = (Delta) each.next();
        opened += delta.figures().cartsOpened();
        bought += delta.figures().cartsBought();
        abandoned += delta.figures().cartsAbandoned();
      }
    }
    assertThat(List.of(opened, bought, abandoned)).containsExactly(1_000L, 500L, 500L);
  }
}
