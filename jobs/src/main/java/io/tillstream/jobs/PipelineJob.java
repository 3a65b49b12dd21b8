package io.tillstream.jobs;

import io.tillstream.jobs.kafka.KafkaPublishedRows;
import io.tillstream.jobs.kafka.KafkaReportChannel;
import io.tillstream.jobs.kafka.Sinks;
import io.tillstream.jobs.kafka.Sources;
import io.tillstream.jobs.kafka.SubmitOffsets;
import io.tillstream.jobs.kafka.Topics;
import io.tillstream.jobs.options.JobOptions;
import io.tillstream.jobs.options.Option;
import io.tillstream.operators.aggregation.sums.SumsPorts;
import io.tillstream.operators.aggregation.trending.RedisTitles;
import io.tillstream.operators.ingestion.AdminEndOffsets;
import io.tillstream.operators.ingestion.Ingestion;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
    PipelineOptions agents = PipelineOptions.of(options);
    Properties kafka = options.kafka();
    Sources sources = new Sources(options);
    Topics.ensure(kafka, options.text(Option.TOPICS_PREFIX));

    var outputs =
        PipelineTopology.define(
            env,
            new PipelineTopology.Sources(sources.events(), sources.control()),
            ports(options, kafka),
            agents);

    Sinks sinks = new Sinks(kafka);
    outputs
        .metrics()
        .sinkTo(sinks.metrics(options.topic(Topics.METRICS)))
        .name("shop-metrics")
        .uid("sink-shop-metrics");
    outputs
        .trending()
        .sinkTo(sinks.trending(options.topic(Topics.TRENDING)))
        .setParallelism(1)
        .name("shop-trending")
        .uid("sink-shop-trending");
    outputs
        .decisions()
        .sinkTo(sinks.decisions(options.topic(Topics.DECISIONS)))
        .setParallelism(1)
        .name("route-decisions")
        .uid("sink-route-decisions");
    outputs
        .deadLetters()
        .sinkTo(sinks.deadLetters(options.topic(Topics.DEAD_LETTERS)))
        .name("dead-letters")
        .uid("sink-dead-letters");
    outputs
        .late()
        .sinkTo(sinks.late(options.topic(Topics.LATE)))
        .name("late-events")
        .uid("sink-late-events");
  }

  private static PipelineTopology.Ports ports(JobOptions options, Properties kafka) {
    var reports = KafkaReportChannel.factory(kafka, options.topic(Topics.STATUS));
    String metrics = options.topic(Topics.METRICS);
    // Versions of a job without state begin above those of any earlier job on the same topic.
    Instant now = Clock.systemUTC().instant();
    long firstVersion = ChronoUnit.MICROS.between(Instant.EPOCH, now);
    return new PipelineTopology.Ports(
        new Ingestion.Ports(Submit.PARSERS, AdminEndOffsets.factory(kafka), reports),
        SumsPorts.of(firstVersion)
            .withPublished(
                KafkaPublishedRows.factory(kafka, metrics), SubmitOffsets.of(options, metrics))
            .withReports(reports),
        new RedisTitles.Factory(options.text(Option.REDIS_URI)));
  }
}
