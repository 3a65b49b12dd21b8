package io.tillstream.jobs.kafka;

import io.tillstream.jobs.options.JobOptions;
import io.tillstream.jobs.options.Option;
import io.tillstream.jobs.options.OptionException;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;

/**
 * Where the output ended when the job was submitted. A crash before the first checkpoint restores
 * nothing, yet rows are out: they stand behind these offsets.
 */
public final class SubmitOffsets {

  private SubmitOffsets() {}

  /**
   * Where the topic ends now.
   *
   * @throws KafkaUnreachableException if Kafka does not answer
   */
  public static Map<Integer, Long> atSubmit(JobOptions options, String topic) {
    Properties kafka = options.kafka();
    try (Admin admin = Admin.create(kafka)) {
      return Topics.endOffsets(admin, topic, kafka);
    }
  }

  /**
   * The offsets to look back to.
   *
   * @throws OptionException if {@link Option#SUPERSEDE_FROM} is neither submit nor earliest
   * @throws KafkaUnreachableException if Kafka does not answer
   */
  public static Map<Integer, Long> of(JobOptions options, String topic) {
    String from = options.text(Option.SUPERSEDE_FROM);
    Properties kafka = options.kafka();
    try (Admin admin = Admin.create(kafka)) {
      return switch (from) {
        case "submit" -> Topics.endOffsets(admin, topic, kafka);
        case "earliest" -> Topics.beginOffsets(admin, topic, kafka);
        default ->
            throw new OptionException(
                "--" + Option.SUPERSEDE_FROM.key() + " must be submit or earliest, was " + from);
      };
    }
  }
}
