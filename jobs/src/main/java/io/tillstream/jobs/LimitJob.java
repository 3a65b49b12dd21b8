package io.tillstream.jobs;

import io.tillstream.jobs.kafka.KafkaReportChannel;
import io.tillstream.jobs.kafka.Sources;
import io.tillstream.jobs.kafka.Topics;
import io.tillstream.jobs.options.JobOptions;
import io.tillstream.operators.ingestion.AdminEndOffsets;
import io.tillstream.operators.ingestion.ContractParser;
import io.tillstream.operators.ingestion.Ingestion;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The limit that the speed report compares with: the same source, parsing the same events and
 * discarding them.
 */
public final class LimitJob {

  private LimitJob() {}

  /** Submits the job; it takes the pipeline's arguments. */
  public static void main(String[] args) throws Exception {
    Submit.run(args, LimitJob::build, "tillstream-limit");
  }

  private static void build(StreamExecutionEnvironment env, JobOptions options) {
    var ports =
        new Ingestion.Ports(
            ContractParser.FACTORY,
            AdminEndOffsets.factory(options.kafka()),
            KafkaReportChannel.factory(options.kafka(), options.topic(Topics.STATUS)));
    Ingestion.read(
            env, new Sources(options).events(), PipelineOptions.of(options).ingestion(), ports)
        .sinkTo(new DiscardingSink<>())
        .name("discard")
        .uid("sink-discard");
  }
}
