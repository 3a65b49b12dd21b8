package io.tillstream.jobs.kafka;

import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.aggregation.trending.TrendingJson;
import io.tillstream.operators.aggregation.trending.TrendingList;
import io.tillstream.operators.alerting.rules.RulesInForce;
import io.tillstream.operators.alerting.rules.RulesInForceJson;
import io.tillstream.operators.ingestion.DeadLetter;
import io.tillstream.operators.ingestion.LateEvent;
import io.tillstream.routing.alert.Alert;
import io.tillstream.routing.alert.AlertJson;
import io.tillstream.routing.route.Decision;
import io.tillstream.routing.route.DecisionJson;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * The output topics. At least once everywhere: rows are upserts of absolute values, dead letters
 * and late events name their record, so a repetition after a crash tells a reader nothing false. A
 * transactional sink would show nothing until the next checkpoint.
 */
public final class Sinks {
  private static final int LETTER_BYTES = 64 << 20;

  private final Properties kafka;

  /**
   * Sinks of one cluster.
   *
   * @param kafka the clients' settings
   */
  public Sinks(Properties kafka) {
    this.kafka = kafka;
  }

  /** Rows of {@code shop-metrics}. */
  public KafkaSink<MetricRow> metrics(String topic) {
    return sink(small(), new MetricRecords(topic));
  }

  /** Lists of {@code shop-trending}. */
  public KafkaSink<TrendingList> trending(String topic) {
    return sink(
        small(),
        (list, context, timestamp) ->
            new ProducerRecord<>(topic, bytes(TrendingJson.key(list)), TrendingJson.value(list)));
  }

  /** Words of {@code shop-alerts}. */
  public KafkaSink<Alert> alerts(String topic) {
    return sink(
        small(),
        (alert, context, timestamp) ->
            new ProducerRecord<>(topic, bytes(alert.alertId()), AlertJson.write(alert)));
  }

  /** The rules in force, for {@code control}. */
  public KafkaSink<RulesInForce> rules(String topic) {
    return sink(
        small(),
        (rules, context, timestamp) ->
            new ProducerRecord<>(
                topic, bytes(RulesInForceJson.TYPE), RulesInForceJson.write(rules)));
  }

  /** Decisions of {@code route-decisions}. */
  public KafkaSink<Decision> decisions(String topic) {
    return sink(
        small(),
        (decision, context, timestamp) ->
            new ProducerRecord<>(topic, bytes(decision.route()), DecisionJson.write(decision)));
  }

  /** Records of {@code dead-letters}: the original, with the reason in headers beside its own. */
  public KafkaSink<DeadLetter> deadLetters(String topic) {
    return sink(large(), (letter, context, timestamp) -> record(topic, letter));
  }

  /** Records of {@code late-events}. */
  public KafkaSink<LateEvent> late(String topic) {
    return sink(
        large(),
        (event, context, timestamp) ->
            new ProducerRecord<>(topic, bytes(event.eventId()), event.value()));
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, DeadLetter letter) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, letter.key(), letter.value());
    Headers headers = record.headers();
    letter.headers().forEach(header -> headers.add(header.name(), header.value()));
    // Ours come last, so that a reader who takes the last of a name sees ours also if a record came
    // with the same.
    headers.add("topic", bytes(letter.topic()));
    headers.add("partition", bytes(Integer.toString(letter.partition())));
    headers.add("offset", bytes(Long.toString(letter.offset())));
    headers.add("stage", bytes(letter.stage()));
    headers.add("error", bytes(letter.error()));
    headers.add("error_class", bytes(letter.errorClass().name()));
    return record;
  }

  private <T> KafkaSink<T> sink(Properties producer, KafkaRecordSerializationSchema<T> serializer) {
    return KafkaSink.<T>builder()
        .setBootstrapServers(kafka.getProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG))
        .setKafkaProducerConfig(producer)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(serializer)
        .build();
  }

  private Properties small() {
    Properties producer = new Properties();
    producer.put(ProducerConfig.LINGER_MS_CONFIG, "5");
    producer.put(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
    producer.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
    // Well under the checkpoint's time-out, which the flush at a barrier must not outlast.
    producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "30000");
    producer.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
    producer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "30000");
    producer.putAll(kafka);
    producer.remove("group.id");
    return producer;
  }

  private Properties large() {
    Properties producer = small();
    // A record of any size that came in must go out: the bound is the topic's, after compression as
    // it was on the way in.
    producer.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(LETTER_BYTES));
    producer.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(2 * LETTER_BYTES));
    producer.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    return producer;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
