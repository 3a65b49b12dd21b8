package io.tillstream.jobs;

import io.tillstream.operators.aggregation.Aggregation;
import io.tillstream.operators.aggregation.Aggregation.PreSummed;
import io.tillstream.operators.aggregation.AggregationOptions;
import io.tillstream.operators.aggregation.carts.Carts;
import io.tillstream.operators.aggregation.letters.RefusedLetters;
import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.aggregation.sums.SumsPorts;
import io.tillstream.operators.aggregation.trending.Titles;
import io.tillstream.operators.aggregation.trending.TrendDeltas;
import io.tillstream.operators.aggregation.trending.Trending;
import io.tillstream.operators.aggregation.trending.TrendingList;
import io.tillstream.operators.aggregation.trending.TrendingOptions;
import io.tillstream.operators.alerting.AlertPorts;
import io.tillstream.operators.alerting.Alerting;
import io.tillstream.operators.alerting.rules.RulesInForce;
import io.tillstream.operators.enrichment.Enrichment;
import io.tillstream.operators.figures.Contribution;
import io.tillstream.operators.ingestion.DeadLetter;
import io.tillstream.operators.ingestion.Ingestion;
import io.tillstream.operators.ingestion.IngestionStreams;
import io.tillstream.operators.ingestion.LateEvent;
import io.tillstream.operators.ingestion.Originals;
import io.tillstream.operators.ingestion.SourceMessage;
import io.tillstream.operators.orchestration.ControlMessage;
import io.tillstream.operators.orchestration.Orchestration;
import io.tillstream.operators.orchestration.ReportMessage;
import io.tillstream.operators.orchestration.StatusBoard;
import io.tillstream.routing.alert.Alert;
import io.tillstream.routing.route.Decision;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The pipeline: an event's walk through the agents, as the README draws it. */
public final class PipelineTopology {
  private static final String BACKUP = "backup";

  private PipelineTopology() {}

  /**
   * What comes in.
   *
   * @param events the shop's records
   * @param control commands from people
   * @param reports what agents say of themselves: the bus's receiving end
   */
  public record Sources(
      Source<SourceMessage, ?, ?> events,
      Source<ControlMessage, ?, ?> control,
      Source<ReportMessage, ?, ?> reports) {}

  /**
   * What the agents need of the world beside their streams.
   *
   * @param ingestion parsers, end offsets, reports
   * @param sums the own output read back, reports
   * @param titles what products are called
   * @param board where others look up how the agents are
   * @param originals the bytes of events that nobody can take
   * @param alerts the own alerts read back, reports
   */
  public record Ports(
      Ingestion.Ports ingestion,
      SumsPorts sums,
      Titles.Factory titles,
      StatusBoard.Factory board,
      Originals.Factory originals,
      AlertPorts alerts) {}

  /**
   * What goes out.
   *
   * @param metrics rows of numbers
   * @param backupMetrics the backup's rows: apart, so that the others stay chained to their sink
   * @param trending the top products
   * @param alerts what is told of alerts
   * @param rules what is told of the rules in force
   * @param decisions decisions about routes
   * @param deadLetters records that were refused
   * @param late events that came too late
   */
  public record Outputs(
      DataStream<MetricRow> metrics,
      DataStream<MetricRow> backupMetrics,
      DataStream<TrendingList> trending,
      DataStream<Alert> alerts,
      DataStream<RulesInForce> rules,
      DataStream<Decision> decisions,
      DataStream<DeadLetter> deadLetters,
      DataStream<LateEvent> late) {}

  /** Composes the pipeline; the caller connects the outputs. */
  public static Outputs define(
      StreamExecutionEnvironment env, Sources sources, Ports ports, PipelineOptions options) {
    var reports = ports.ingestion().reports();

    var orchestrator =
        Orchestration.define(
            env,
            options.plan(),
            new Orchestration.Ports(sources.control(), sources.reports(), reports, ports.board()));
    DataStream<Decision> decisions = orchestrator.decisions();

    IngestionStreams ingested =
        Ingestion.define(env, sources.events(), decisions, options.ingestion(), ports.ingestion());

    PreSummed enriched =
        Aggregation.preSum(
            Enrichment.lookUp(ingested.enriched(), options.enrichment(), reports),
            Aggregation.PRESUM_ENRICHED,
            options.aggregation(),
            reports);
    PreSummed bypassed =
        Aggregation.preSum(
            Enrichment.bypass(ingested.bypass()),
            Aggregation.PRESUM_BYPASS,
            options.aggregation(),
            reports);

    AggregationOptions backup = options.aggregation().withAggregator(BACKUP);
    PreSummed backedUp =
        Aggregation.preSum(
            enriched.fallback().union(bypassed.fallback()),
            Aggregation.BACKUP_PRESUM,
            backup,
            reports);

    Enrichment.Repairs repairs =
        Enrichment.repair(
            enriched.owed().union(bypassed.owed(), backedUp.owed()),
            decisions,
            options.enrichment(),
            reports);
    DataStream<Contribution> carts = Carts.of(ingested.carts(), options.carts());

    SumsPorts trended = ports.sums().withTrends(new TrendDeltas.Factory());
    SingleOutputStreamOperator<MetricRow> sums =
        Aggregation.sums(
            enriched.contributions().union(bypassed.contributions(), repairs.primary(), carts),
            options.aggregation(),
            trended);
    SingleOutputStreamOperator<MetricRow> backupSums =
        Aggregation.sums(backedUp.contributions().union(repairs.backup()), backup, trended);
    DataStream<TrendingList> trending =
        Trending.of(
            sums.getSideOutput(TrendDeltas.TAG).union(backupSums.getSideOutput(TrendDeltas.TAG)),
            TrendingOptions.DEFAULT,
            ports.titles());

    Alerting.Streams alerts =
        Alerting.define(
            sums, backupSums, orchestrator.alertCommands(), options.alerts(), ports.alerts());

    return new Outputs(
        sums,
        backupSums,
        trending,
        alerts.alerts(),
        alerts.inForce(),
        decisions,
        ingested
            .deadLetters()
            .union(
                orchestrator.deadLetters(),
                alerts.deadLetters(),
                RefusedLetters.of(backedUp.refused(), ports.originals())),
        ingested.late());
  }
}
