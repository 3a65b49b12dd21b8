package io.tillstream.jobs.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;

/** The contract's topics. */
public final class Topics {
  public static final String EVENTS = "shop-events";
  public static final String METRICS = "shop-metrics";
  public static final String TRENDING = "shop-trending";
  public static final String ALERTS = "shop-alerts";
  public static final String STATUS = "agent-status";
  public static final String DECISIONS = "route-decisions";
  public static final String CONTROL = "control";
  public static final String DEAD_LETTERS = "dead-letters";
  public static final String LATE = "late-events";

  private static final List<String> ALL =
      List.of(EVENTS, METRICS, TRENDING, ALERTS, STATUS, DECISIONS, CONTROL, DEAD_LETTERS, LATE);
  private static final String SEVEN_DAYS_MS = "604800000";
  private static final String ONE_DAY_MS = "86400000";
  private static final String STATUS_BYTES = "67108864";
  private static final String STATUS_SEGMENT_BYTES = "16777216";
  // A dead letter is the original record and six headers: its topic must take what the input's
  // topic took.
  private static final String LETTER_BYTES = "67108864";
  private static final long TIMEOUT_S = 30;

  private Topics() {}

  /**
   * Makes the topics that are missing, with the broker's default number of partitions.
   *
   * @throws KafkaUnreachableException if Kafka does not answer or refuses
   */
  public static void ensure(Properties kafka, String prefix) {
    try (Admin admin = Admin.create(kafka)) {
      Set<String> present = admin.listTopics().names().get(TIMEOUT_S, TimeUnit.SECONDS);
      List<NewTopic> missing =
          ALL.stream()
              .filter(name -> !present.contains(prefix + name))
              .map(name -> topic(prefix, name))
              .toList();
      admin.createTopics(missing).all().get(TIMEOUT_S, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new KafkaUnreachableException(kafka, e.getCause());
      }
    } catch (TimeoutException e) {
      throw new KafkaUnreachableException(kafka, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaUnreachableException(kafka, e);
    }
  }

  private static NewTopic topic(String prefix, String name) {
    Map<String, String> config = new HashMap<>();
    if (name.equals(METRICS)) {
      config.put("cleanup.policy", "compact,delete");
      config.put("retention.ms", SEVEN_DAYS_MS);
    }
    if (name.equals(DEAD_LETTERS) || name.equals(LATE)) {
      config.put("max.message.bytes", LETTER_BYTES);
    }
    if (name.equals(STATUS)) {
      // A report is old after seconds; a day of a small job, or hours of a large one, is history.
      config.put("retention.ms", ONE_DAY_MS);
      config.put("retention.bytes", STATUS_BYTES);
      config.put("segment.bytes", STATUS_SEGMENT_BYTES);
    }
    // Commands and decisions are read in order: one partition.
    Optional<Integer> partitions =
        name.equals(CONTROL) || name.equals(DECISIONS) || name.equals(TRENDING)
            ? Optional.of(1)
            : Optional.empty();
    return new NewTopic(prefix + name, partitions, Optional.empty()).configs(config);
  }

  /**
   * The end offset of every partition of {@code topic}.
   *
   * @throws KafkaUnreachableException if Kafka does not answer
   */
  public static Map<Integer, Long> endOffsets(Admin admin, String topic, Properties kafka) {
    return offsets(admin, topic, kafka, OffsetSpec.latest());
  }

  /**
   * The first offset of every partition of {@code topic}.
   *
   * @throws KafkaUnreachableException if Kafka does not answer
   */
  public static Map<Integer, Long> beginOffsets(Admin admin, String topic, Properties kafka) {
    return offsets(admin, topic, kafka, OffsetSpec.earliest());
  }

  private static Map<Integer, Long> offsets(
      Admin admin, String topic, Properties kafka, OffsetSpec which) {
    try {
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      admin
          .describeTopics(List.of(topic))
          .topicNameValues()
          .get(topic)
          .get(TIMEOUT_S, TimeUnit.SECONDS)
          .partitions()
          .forEach(p -> asked.put(new TopicPartition(topic, p.partition()), which));
      Map<TopicPartition, ListOffsetsResultInfo> answered =
          admin.listOffsets(asked).all().get(TIMEOUT_S, TimeUnit.SECONDS);
      Map<Integer, Long> offsets = new HashMap<>();
      answered.forEach((partition, info) -> offsets.put(partition.partition(), info.offset()));
      return offsets;
    } catch (ExecutionException e) {
      throw new KafkaUnreachableException(kafka, e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaUnreachableException(kafka, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaUnreachableException(kafka, e);
    }
  }
}
