package io.tillstream.jobs.kafka;

import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.aggregation.rows.MetricRowJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Rows as records of {@code shop-metrics}. */
final class MetricRecords implements KafkaRecordSerializationSchema<MetricRow> {
  private static final long serialVersionUID = 1L;

  private final String topic;

  MetricRecords(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      MetricRow row, KafkaSinkContext context, Long timestamp) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            MetricRowJson.key(row).getBytes(StandardCharsets.UTF_8),
            MetricRowJson.write(row));
    record
        .headers()
        .add(
            PublishedRowRecord.WRITER,
            ByteBuffer.allocate(Long.BYTES).putLong(row.writer()).array());
    return record;
  }
}
