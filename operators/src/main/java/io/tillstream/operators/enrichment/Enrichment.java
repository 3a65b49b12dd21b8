package io.tillstream.operators.enrichment;

import io.tillstream.operators.enrichment.lookup.Lookups;
import io.tillstream.operators.enrichment.lookup.RedisLookups;
import io.tillstream.operators.enrichment.repair.RepairOperator;
import io.tillstream.operators.figures.Contribution;
import io.tillstream.operators.figures.ContributionCodec;
import io.tillstream.operators.figures.Enriched;
import io.tillstream.operators.figures.EnrichedCodec;
import io.tillstream.operators.figures.Owed;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.event.Routed;
import io.tillstream.routing.route.Decision;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.SideOutputTransformation;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

/** How the enrichment stands in a topology. */
public final class Enrichment {
  /** The agent's name in reports. */
  public static final String AGENT = "enrichment";

  /** The uid of the look-up. */
  public static final String LOOKUP = "enrichment-lookup";

  /** The uid of the bypass. */
  public static final String BYPASS = "enrichment-bypass";

  /** The uid of the repair. */
  public static final String REPAIR = "enrichment-repair";

  /** The wire type of enriched events and what goes with them. */
  public static final CodecTypeInfo<Enriched> ENRICHED =
      CodecTypeInfo.of(Enriched.class, EnrichedCodec.class);

  private static final CodecTypeInfo<Contribution> CONTRIBUTION =
      CodecTypeInfo.of(Contribution.class, ContributionCodec.class);

  private Enrichment() {}

  /**
   * Looks categories and segments up in Redis.
   *
   * @param reports where the agent reports, or null
   */
  public static SingleOutputStreamOperator<Enriched> lookUp(
      DataStream<Routed> events, EnrichmentOptions options, ReportChannel.Factory reports) {
    return lookUp(events, options, new RedisLookups.Factory(options.redis()), reports);
  }

  /** Looks categories and segments up wherever {@code connections} lead. */
  public static SingleOutputStreamOperator<Enriched> lookUp(
      DataStream<Routed> events,
      EnrichmentOptions options,
      Lookups.Factory connections,
      ReportChannel.Factory reports) {
    return events
        .transform(
            "Enrichment: look up",
            ENRICHED,
            new EnrichOperatorFactory(options, connections, reports))
        .uid(LOOKUP);
  }

  /** Gives every event the defaults of one that nobody answered. */
  public static SingleOutputStreamOperator<Enriched> bypass(DataStream<Routed> events) {
    return events
        .map(new BypassFunction())
        .returns(ENRICHED)
        .name("Aggregation: bypass defaults")
        .startNewChain()
        .uid(BYPASS);
  }

  /**
   * Corrections of what was counted without an answer, and how far back they may reach.
   *
   * @param primary for the primary's sums
   * @param backup for the backup's sums
   */
  public record Repairs(DataStream<Contribution> primary, DataStream<Contribution> backup) {}

  /**
   * Pays what was counted without an answer.
   *
   * @param owed what the pre-sums are owed
   * @param decisions of the orchestrator; broadcast here
   * @param reports where the agent reports, or null
   */
  public static Repairs repair(
      DataStream<Owed> owed,
      DataStream<Decision> decisions,
      EnrichmentOptions options,
      ReportChannel.Factory reports) {
    return repair(owed, decisions, options, new RedisLookups.Factory(options.redis()), reports);
  }

  /** Pays what was counted without an answer, asking wherever {@code connections} lead. */
  public static Repairs repair(
      DataStream<Owed> owed,
      DataStream<Decision> decisions,
      EnrichmentOptions options,
      Lookups.Factory connections,
      ReportChannel.Factory reports) {
    StreamExecutionEnvironment environment = owed.getExecutionEnvironment();
    KeyedStream<Owed, String> byItem = owed.keyBy(new ByItem(), Types.STRING);
    // Flink's own composition keys both inputs or none.
    TwoInputTransformation<Owed, Decision, Contribution> repair =
        new TwoInputTransformation<>(
            byItem.getTransformation(),
            decisions.broadcast().getTransformation(),
            "Enrichment: repair",
            new RepairOperator(options, connections, reports),
            CONTRIBUTION,
            environment.getParallelism(),
            false);
    repair.setStateKeySelectors(byItem.getKeySelector(), null);
    repair.setStateKeyType(Types.STRING);
    repair.setUid(REPAIR);
    environment.addOperator(repair);
    return new Repairs(
        new DataStream<>(environment, repair),
        new DataStream<>(
            environment, new SideOutputTransformation<>(repair, RepairOperator.BACKUP)));
  }

  /** Keys by product. */
  public static final class ByItem implements KeySelector<Owed, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String getKey(Owed owed) {
      return owed.itemId();
    }
  }
}
