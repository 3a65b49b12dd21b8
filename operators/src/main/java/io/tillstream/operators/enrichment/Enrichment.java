package io.tillstream.operators.enrichment;

import io.tillstream.operators.enrichment.lookup.Lookups;
import io.tillstream.operators.enrichment.lookup.RedisLookups;
import io.tillstream.operators.figures.EnrichedEvent;
import io.tillstream.operators.figures.EnrichedEventCodec;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.event.ShopEvent;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** How the enrichment stands in a topology. */
public final class Enrichment {
  /** The uid of the look-up. */
  public static final String LOOKUP = "enrichment-lookup";

  /** The uid of the bypass. */
  public static final String BYPASS = "enrichment-bypass";

  /** The uid of the repair. */
  public static final String REPAIR = "enrichment-repair";

  /** The wire type of enriched events. */
  public static final CodecTypeInfo<EnrichedEvent> ENRICHED_EVENT =
      CodecTypeInfo.of(EnrichedEvent.class, EnrichedEventCodec.class);

  private Enrichment() {}

  /**
   * Looks categories and segments up in Redis.
   *
   * @param reports where the agent reports, or null
   */
  public static SingleOutputStreamOperator<EnrichedEvent> lookUp(
      DataStream<ShopEvent> events, EnrichmentOptions options, ReportChannel.Factory reports) {
    return lookUp(events, options, new RedisLookups.Factory(options.redis()), reports);
  }

  /** Looks categories and segments up wherever {@code connections} lead. */
  public static SingleOutputStreamOperator<EnrichedEvent> lookUp(
      DataStream<ShopEvent> events,
      EnrichmentOptions options,
      Lookups.Factory connections,
      ReportChannel.Factory reports) {
    return events
        .transform(
            "Enrichment: look up",
            ENRICHED_EVENT,
            new EnrichOperatorFactory(options, connections, reports))
        .uid(LOOKUP);
  }

  /** Gives every event the defaults of one that nobody answered. */
  public static SingleOutputStreamOperator<EnrichedEvent> bypass(DataStream<ShopEvent> events) {
    return events
        .map(new BypassFunction())
        .returns(ENRICHED_EVENT)
        .name("Aggregation: bypass defaults")
        .startNewChain()
        .uid(BYPASS);
  }
}
