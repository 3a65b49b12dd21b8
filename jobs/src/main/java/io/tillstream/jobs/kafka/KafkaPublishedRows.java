package io.tillstream.jobs.kafka;

import io.tillstream.operators.aggregation.sums.PublishedRow;
import io.tillstream.operators.aggregation.sums.PublishedRows;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

/** The topic {@code shop-metrics}, read back by the sums that wrote it. */
public final class KafkaPublishedRows implements PublishedRows {
  private final OwnTopic<PublishedRow> topic;

  private KafkaPublishedRows(Properties kafka, String topic) {
    this.topic = new OwnTopic<>(kafka, topic, PublishedRowRecord::read);
  }

  /** A factory that travels with the job. */
  public static PublishedRows.Factory factory(Properties kafka, String topic) {
    return () -> new KafkaPublishedRows(kafka, topic);
  }

  @Override
  public Map<Integer, Long> endOffsets() {
    return topic.endOffsets();
  }

  @Override
  public Map<Integer, Long> readSince(Map<Integer, Long> from, Consumer<PublishedRow> each) {
    return topic.readSince(from, each);
  }

  @Override
  public void close() {
    topic.close();
  }
}
