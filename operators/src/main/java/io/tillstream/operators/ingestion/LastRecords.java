package io.tillstream.operators.ingestion;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Finds where the records of a partition end. Behind the last one there may be offsets that no
 * reader ever gets to see: the marks of transactions, and what a transaction gave up. A reader that
 * waits for the end offset itself would wait for ever.
 */
final class LastRecords implements AutoCloseable {
  private static final int FIRST_LOOK = 1;
  private static final int FURTHER = 8;
  private static final int LONGEST_LOOK = 512;
  private static final int POLLS = 4;
  private static final Duration POLL = Duration.ofMillis(250);

  private final Supplier<? extends Consumer<byte[], byte[]>> consumers;
  private Consumer<byte[], byte[]> consumer;

  LastRecords(Supplier<? extends Consumer<byte[], byte[]>> consumers) {
    this.consumers = consumers;
  }

  /** With a consumer of its own that belongs to no group. */
  static LastRecords of(Properties clientProperties, int timeoutMs) {
    Properties properties = new Properties();
    for (String name : clientProperties.stringPropertyNames()) {
      properties.setProperty(name, clientProperties.getProperty(name));
    }
    List.of(
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.CLIENT_ID_CONFIG,
            ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG)
        .forEach(properties::remove);
    Map.of(
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "65536",
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100",
            ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, Integer.toString(timeoutMs),
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Integer.toString(timeoutMs))
        .forEach(properties::setProperty);
    return new LastRecords(
        () ->
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  /**
   * The offset behind the last record before {@code end}. It looks back some hundred offsets at
   * most; then it tells how far there is none. Blocks, for a few seconds at most.
   *
   * @return empty if it cannot tell: a transaction is open, or the broker is slow
   */
  OptionalLong endOfRecords(PartitionId partition, long begin, long end) {
    if (end <= begin) {
      return OptionalLong.of(end);
    }
    if (consumer == null) {
      consumer = consumers.get();
    }
    TopicPartition kafkas = new TopicPartition(partition.topic(), partition.number());
    consumer.assign(List.of(kafkas));
    for (int back = FIRST_LOOK; ; back *= FURTHER) {
      long from = Math.max(begin, end - back);
      consumer.seek(kafkas, from);
      long behindLast = from;
      for (int i = 0; i < POLLS && consumer.position(kafkas) < end; i++) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          behindLast = Math.max(behindLast, record.offset() + 1);
        }
      }
      if (consumer.position(kafkas) < end) {
        return OptionalLong.empty();
      }
      if (behindLast > from || from == begin || back >= LONGEST_LOOK) {
        return OptionalLong.of(Math.min(behindLast, end));
      }
    }
  }

  @Override
  public void close() {
    if (consumer != null) {
      consumer.close();
    }
  }
}
