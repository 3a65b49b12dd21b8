package io.tillstream.jobs;

import io.tillstream.jobs.kafka.KafkaReportChannel;
import io.tillstream.jobs.kafka.Sources;
import io.tillstream.jobs.kafka.Topics;
import io.tillstream.jobs.options.JobOptions;
import io.tillstream.jobs.options.Option;
import io.tillstream.jobs.options.OptionException;
import io.tillstream.jobs.redis.RedisAddress;
import io.tillstream.jobs.redis.RedisReportChannel;
import io.tillstream.jobs.redis.RedisStreamSource;
import io.tillstream.operators.orchestration.ReportMessage;
import io.tillstream.routing.agent.FanOutChannel;
import io.tillstream.routing.agent.ReportChannel;
import org.apache.flink.api.connector.source.Source;

/**
 * The shared context of all agents: where each reports, and where the orchestrator hears it.
 *
 * @param sender every agent's end
 * @param receiver the orchestrator's end
 */
record Bus(ReportChannel.Factory sender, Source<ReportMessage, ?, ?> receiver) {

  /** The stream of reports in Redis, behind the topics' prefix. */
  static final String STREAM = "tillstream:agent-status";

  /** Which adapter it is. */
  enum Kind {
    /** Lives while Redis is dead. */
    KAFKA,
    /** A stream in Redis; the topic is still written, for people. */
    REDIS;

    /**
     * The kind the options ask for.
     *
     * @throws OptionException if it is none
     */
    static Kind of(JobOptions options) {
      String text = options.text(Option.BUS);
      return switch (text) {
        case "kafka" -> KAFKA;
        case "redis" -> REDIS;
        default ->
            throw new OptionException(
                "--" + Option.BUS.key() + " must be kafka or redis, was " + text);
      };
    }
  }

  /** The bus as the options have it. */
  static Bus of(JobOptions options, Kind kind) {
    ReportChannel.Factory topic =
        KafkaReportChannel.factory(options.kafka(), options.topic(Topics.STATUS));
    return switch (kind) {
      case KAFKA -> new Bus(topic, new Sources(options).reports());
      case REDIS -> {
        RedisAddress redis = new RedisAddress(options.text(Option.REDIS_URI));
        String stream = options.text(Option.TOPICS_PREFIX) + STREAM;
        yield new Bus(
            // Redis first: its channel never waits, Kafka's may for a second.
            FanOutChannel.factory(RedisReportChannel.factory(redis, stream), topic),
            new RedisStreamSource(redis, stream));
      }
    };
  }
}
