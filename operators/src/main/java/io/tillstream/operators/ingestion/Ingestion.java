package io.tillstream.operators.ingestion;

import io.tillstream.operators.router.RouteTags;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.event.ShopEvent;
import io.tillstream.routing.event.ShopEventCodec;
import io.tillstream.routing.route.Decision;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The ingestion as a piece of topology. */
public final class Ingestion {
  /** The uid of the source. */
  public static final String SOURCE_UID = "ingestion-source";

  /** The uid of the reading operator. */
  public static final String READ_UID = "ingestion-read";

  /** The uid of the deduplicating operator. */
  public static final String DEDUPLICATE_UID = "ingestion-deduplicate";

  private Ingestion() {}

  /**
   * What the ingestion needs of the world outside.
   *
   * @param parsers makes parsers
   * @param endOffsets tells where partitions end
   * @param reports where reports go
   */
  public record Ports(
      RecordParser.Factory parsers, EndOffsets.Factory endOffsets, ReportChannel.Factory reports) {}

  /**
   * Puts the ingestion into a topology.
   *
   * @param source the shop's records and the partitions they come from
   * @param decisions the orchestrator's decisions, to be broadcast
   */
  public static IngestionStreams define(
      StreamExecutionEnvironment env,
      Source<SourceMessage, ?, ?> source,
      DataStream<Decision> decisions,
      IngestionOptions options,
      Ports ports) {
    SingleOutputStreamOperator<Ingested> read = read(env, source, options, ports);
    SingleOutputStreamOperator<ShopEvent> judged =
        read.keyBy(new Shards.ByShard(), Types.STRING)
            .connect(decisions.broadcast())
            .transform(
                "Ingestion: deduplicate and route",
                CodecTypeInfo.of(ShopEvent.class, ShopEventCodec.class),
                new DeduplicateAndRouteOperator(options, ports.parsers(), ports.reports()))
            .uid(DEDUPLICATE_UID)
            .setMaxParallelism(Shards.COUNT);
    return new IngestionStreams(
        judged.getSideOutput(RouteTags.ENRICHED),
        judged.getSideOutput(RouteTags.BYPASS),
        judged.getSideOutput(DeduplicateAndRouteOperator.CARTS),
        judged.getSideOutput(DeduplicateAndRouteOperator.LATE),
        read.getSideOutput(ReadOperator.DEAD_LETTERS));
  }

  /** The reading half alone: what the shop's records say, and each partition's clock. */
  public static SingleOutputStreamOperator<Ingested> read(
      StreamExecutionEnvironment env,
      Source<SourceMessage, ?, ?> source,
      IngestionOptions options,
      Ports ports) {
    // No Flink watermarks: when all partitions fall idle they would jump to the largest.
    return env.fromSource(
            source,
            WatermarkStrategy.noWatermarks(),
            "Ingestion: source",
            CodecTypeInfo.of(SourceMessage.class, SourceMessageCodec.class))
        .uid(SOURCE_UID)
        .transform(
            "Ingestion: read and parse",
            CodecTypeInfo.of(Ingested.class, IngestedCodec.class),
            new ReadOperator(options, ports.parsers(), ports.endOffsets(), ports.reports()))
        .uid(READ_UID);
  }
}
