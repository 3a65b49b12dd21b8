package io.tillstream.jobs;

import io.tillstream.checkpointing.identity.Uids;
import io.tillstream.jobs.kafka.KafkaOriginals;
import io.tillstream.jobs.kafka.KafkaPublishedRows;
import io.tillstream.jobs.kafka.KafkaToldAlerts;
import io.tillstream.jobs.kafka.Sinks;
import io.tillstream.jobs.kafka.Sources;
import io.tillstream.jobs.kafka.SubmitOffsets;
import io.tillstream.jobs.kafka.Topics;
import io.tillstream.jobs.options.JobOptions;
import io.tillstream.jobs.options.Option;
import io.tillstream.jobs.redis.RedisAddress;
import io.tillstream.jobs.redis.RedisStatusBoard;
import io.tillstream.operators.aggregation.sums.SumsPorts;
import io.tillstream.operators.aggregation.trending.RedisTitles;
import io.tillstream.operators.alerting.AlertPorts;
import io.tillstream.operators.ingestion.AdminEndOffsets;
import io.tillstream.operators.ingestion.ContractParser;
import io.tillstream.operators.ingestion.Ingestion;
import io.tillstream.routing.agent.ReportChannel;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The pipeline's main: Kafka, Redis and the topology between them. */
public final class PipelineJob {

  private PipelineJob() {}

  /** Submits the job; see {@link Option} for the arguments. */
  public static void main(String[] args) throws Exception {
    Submit.run(args, PipelineJob::build, "tillstream");
  }

  private static void build(StreamExecutionEnvironment env, JobOptions options) {
    // A mistake is told before anything is asked or made.
    PipelineOptions pipeline = PipelineOptions.of(options);
    Topics.ensure(options.kafka(), options.text(Option.TOPICS_PREFIX));
    // Versions of a job without state begin above those of any earlier job on the same topic.
    Instant now = Clock.systemUTC().instant();
    LookBack lookBack =
        new LookBack(
            SubmitOffsets.of(options, options.topic(Topics.METRICS)),
            SubmitOffsets.atSubmit(options, options.topic(Topics.ALERTS)));
    define(env, options, pipeline, lookBack, now);
  }

  /**
   * Where outputs are read back from by a job without state.
   *
   * @param metrics where the rows begin that it must supersede
   * @param alerts where the alerts begin that it has told
   */
  record LookBack(Map<Integer, Long> metrics, Map<Integer, Long> alerts) {}

  /**
   * The whole job between its topics. Asks nobody anything: Kafka need not be there yet.
   *
   * @param pipeline what the options make of the agents
   * @param lookBack where the own outputs begin
   * @param submitted when the job was submitted
   */
  static void define(
      StreamExecutionEnvironment env,
      JobOptions options,
      PipelineOptions pipeline,
      LookBack lookBack,
      Instant submitted) {
    Sources sources = new Sources(options);
    Bus bus = Bus.of(options, pipeline.bus());
    var outputs =
        PipelineTopology.define(
            env,
            new PipelineTopology.Sources(sources.events(), sources.control(), bus.receiver()),
            ports(options, bus.sender(), lookBack, submitted),
            pipeline);

    Sinks sinks = new Sinks(options.kafka());
    outputs
        .metrics()
        .sinkTo(sinks.metrics(options.topic(Topics.METRICS)))
        .name("shop-metrics")
        .uid(Uids.SINK_METRICS);
    outputs
        .backupMetrics()
        .sinkTo(sinks.metrics(options.topic(Topics.METRICS)))
        .name("shop-metrics")
        .uid(Uids.SINK_BACKUP_METRICS);
    outputs
        .trending()
        .sinkTo(sinks.trending(options.topic(Topics.TRENDING)))
        .setParallelism(1)
        .name("shop-trending")
        .uid(Uids.SINK_TRENDING);
    outputs
        .alerts()
        .sinkTo(sinks.alerts(options.topic(Topics.ALERTS)))
        .name("shop-alerts")
        .uid(Uids.SINK_ALERTS);
    outputs
        .rules()
        .sinkTo(sinks.rules(options.topic(Topics.CONTROL)))
        .setParallelism(1)
        .name("control")
        .uid(Uids.SINK_CONTROL);
    outputs
        .decisions()
        .sinkTo(sinks.decisions(options.topic(Topics.DECISIONS)))
        .setParallelism(1)
        .name("route-decisions")
        .uid(Uids.SINK_DECISIONS);
    outputs
        .deadLetters()
        .sinkTo(sinks.deadLetters(options.topic(Topics.DEAD_LETTERS)))
        .name("dead-letters")
        .uid(Uids.SINK_DEAD_LETTERS);
    outputs
        .late()
        .sinkTo(sinks.late(options.topic(Topics.LATE)))
        .name("late-events")
        .uid(Uids.SINK_LATE);
  }

  private static PipelineTopology.Ports ports(
      JobOptions options, ReportChannel.Factory reports, LookBack lookBack, Instant submitted) {
    Properties kafka = options.kafka();
    String metrics = options.topic(Topics.METRICS);
    String redis = options.text(Option.REDIS_URI);
    return new PipelineTopology.Ports(
        new Ingestion.Ports(ContractParser.FACTORY, AdminEndOffsets.factory(kafka), reports),
        SumsPorts.of(ChronoUnit.MICROS.between(Instant.EPOCH, submitted))
            .withPublished(KafkaPublishedRows.factory(kafka, metrics), lookBack.metrics())
            .withReports(reports),
        new RedisTitles.Factory(redis),
        RedisStatusBoard.factory(new RedisAddress(redis)),
        KafkaOriginals.factory(kafka, options.topic(Topics.EVENTS)),
        AlertPorts.of(submitted.toEpochMilli(), reports)
            .withTold(
                KafkaToldAlerts.factory(kafka, options.topic(Topics.ALERTS)), lookBack.alerts()));
  }
}
