package io.tillstream.operators.aggregation.trending;

import io.tillstream.operators.wire.CodecTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Puts the trending products into a topology. */
public final class Trending {
  /** The type of what comes in, also for the side output's tag. */
  public static final TypeInformation<TrendDelta> DELTAS =
      CodecTypeInfo.of(TrendDelta.class, TrendDeltaCodec.class);

  private static final String LOCAL_NAME = "Aggregation: local trends";
  private static final String LOCAL_UID = "aggregation-trends-local";
  private static final String NAME = "Aggregation: trending";
  private static final String UID = "aggregation-trending";

  private Trending() {}

  /**
   * The lists, one for each second of event time while time does not jump.
   *
   * @param deltas with watermarks
   */
  public static SingleOutputStreamOperator<TrendingList> of(
      DataStream<TrendDelta> deltas, TrendingOptions options, Titles.Factory titles) {
    return deltas
        .keyBy(TrendDelta::itemId, Types.STRING)
        .transform(
            LOCAL_NAME,
            CodecTypeInfo.of(LocalTop.class, LocalTopCodec.class),
            new TrendOperator(options))
        .uid(LOCAL_UID)
        .transform(
            NAME,
            CodecTypeInfo.of(TrendingList.class, TrendingListCodec.class),
            new TrendMerger(options, titles))
        .uid(UID)
        // Without a maximum of its own: chained to its only neighbour it would take that one's, and
        // then could not be restored beside several.
        .setParallelism(1);
  }
}
