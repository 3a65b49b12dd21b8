package io.tillstream.jobs.kafka;

import io.tillstream.operators.alerting.watch.ToldAlerts;
import io.tillstream.routing.alert.Alert;
import io.tillstream.routing.alert.AlertJson;
import io.tillstream.routing.json.JsonRecordException;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The topic {@code shop-alerts}, read back by the watch that wrote it. */
public final class KafkaToldAlerts implements ToldAlerts {
  private final OwnTopic<Alert> topic;

  private KafkaToldAlerts(Properties kafka, String topic) {
    this.topic = new OwnTopic<>(kafka, topic, KafkaToldAlerts::read);
  }

  /** A factory that travels with the job. */
  public static ToldAlerts.Factory factory(Properties kafka, String topic) {
    return () -> new KafkaToldAlerts(kafka, topic);
  }

  private static Alert read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return record.value() == null ? null : AlertJson.read(record.value());
    } catch (JsonRecordException e) {
      return null; // somebody else's record in our topic
    }
  }

  @Override
  public Map<Integer, Long> endOffsets() {
    return topic.endOffsets();
  }

  @Override
  public Map<Integer, Long> readSince(Map<Integer, Long> from, Consumer<Alert> each) {
    return topic.readSince(from, each);
  }

  @Override
  public void close() {
    topic.close();
  }
}
