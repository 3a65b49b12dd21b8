package io.tillstream.jobs.kafka;

import io.tillstream.jobs.options.JobOptions;
import io.tillstream.jobs.options.Option;
import io.tillstream.operators.ingestion.AssignmentTrackingSource;
import io.tillstream.operators.ingestion.RawRecordDeserializer;
import io.tillstream.operators.ingestion.SourceMessage;
import io.tillstream.operators.orchestration.ControlMessage;
import io.tillstream.operators.orchestration.ReportMessage;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The input topics. */
public final class Sources {
  private static final String DISCOVERY = "partition.discovery.interval.ms";
  private static final String COMMIT = "commit.offsets.on.checkpoint";

  private final JobOptions options;

  /** Sources as the options have them. */
  public Sources(JobOptions options) {
    this.options = options;
  }

  /** The shop's records. */
  public Source<SourceMessage, ?, ?> events() {
    return new AssignmentTrackingSource(
        KafkaSource.<SourceMessage>builder()
            .setProperties(properties("events"))
            .setTopics(options.topic(Topics.EVENTS))
            .setStartingOffsets(start())
            .setDeserializer(new RawRecordDeserializer())
            .build());
  }

  /** People's commands, from the first on: what a person pinned stays pinned for a new job. */
  public Source<ControlMessage, ?, ?> control() {
    return KafkaSource.<ControlMessage>builder()
        .setProperties(properties("control"))
        .setTopics(options.topic(Topics.CONTROL))
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(new ControlDeserializer())
        .build();
  }

  /**
   * The agents' reports, from now on. A broker's outage never fails the job by this source: it asks
   * for its partitions once (they never change) and commits nothing.
   */
  public Source<ReportMessage, ?, ?> reports() {
    return KafkaSource.<ReportMessage>builder()
        .setProperties(properties("reports"))
        .setProperty(DISCOVERY, "-1")
        .setProperty(COMMIT, "false")
        // A broker that comes back is heard at once: routes wait for it.
        .setProperty(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "500")
        .setProperty(ConsumerConfig.METADATA_MAX_AGE_CONFIG, "5000")
        .setTopics(options.topic(Topics.STATUS))
        .setStartingOffsets(new AtTheEnd())
        .setDeserializer(new ReportDeserializer())
        .build();
  }

  private OffsetsInitializer start() {
    String start = options.text(Option.START);
    return switch (start) {
      case "earliest" -> OffsetsInitializer.earliest();
      case "latest" -> OffsetsInitializer.latest();
      default -> OffsetsInitializer.timestamp(options.instant(Option.START).toEpochMilli());
    };
  }

  private Properties properties(String what) {
    Properties properties = new Properties();
    properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, options.text(Option.GROUP));
    properties.setProperty(ConsumerConfig.CLIENT_ID_CONFIG, "tillstream-" + what);
    properties.setProperty(DISCOVERY, "30000");
    properties.putAll(options.kafka());
    return properties;
  }
}
