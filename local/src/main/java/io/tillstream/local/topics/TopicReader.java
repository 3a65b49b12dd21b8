package io.tillstream.local.topics;

import io.tillstream.local.process.StackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic without a group: from its start or its tail up to its end, or on and on. */
public final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration CALL = Duration.ofSeconds(8);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String bootstrap;

  public TopicReader(String bootstrap) {
    this.bootstrap = bootstrap;
    Properties properties = new Properties();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) CALL.toMillis());
    properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) CALL.toMillis() - 1000);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    properties.put(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, 50);
    properties.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200);
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Every record that is in the topic now, from its start. */
  public void readAll(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    readTail(topic, Long.MAX_VALUE, each);
  }

  /** The last records of each partition that are in the topic now, at most so many of each. */
  public void readTail(String topic, long most, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    attempt(
        topic,
        () -> {
          List<TopicPartition> partitions = partitions(topic);
          Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
          Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
          consumer.assign(partitions);
          for (TopicPartition partition : partitions) {
            long begin = begins.get(partition);
            consumer.seek(partition, Math.max(begin, ends.get(partition) - most));
          }
          readUntil(ends, each);
          return null;
        });
  }

  private void readUntil(
      Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    long patience = System.nanoTime() + CALL.toNanos();
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      var records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        patience = System.nanoTime() + CALL.toNanos();
      } else if (System.nanoTime() > patience) {
        throw new StackException("Kafka at " + bootstrap + " stopped answering");
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
          each.accept(record);
        }
      }
    }
  }

  /** Starts following topics from their ends as of now; {@link #poll} gives what comes. */
  public void follow(String... topics) {
    attempt(
        String.join(", ", topics),
        () -> {
          List<TopicPartition> partitions = new ArrayList<>();
          for (String topic : topics) {
            partitions.addAll(partitions(topic));
          }
          consumer.assign(partitions);
          consumer.seekToEnd(partitions);
          // The seek is lazy: asking makes it happen now.
          partitions.forEach(consumer::position);
          return null;
        });
  }

  /** What came since the last call, waiting at most that long for something. */
  public void poll(Duration atMost, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    consumer.poll(atMost).forEach(each);
  }

  /** First offset by partition. */
  public Map<Integer, Long> begins(String topic) {
    return attempt(topic, () -> byNumber(consumer.beginningOffsets(partitions(topic))));
  }

  /** Offset after the last record, by partition. */
  public Map<Integer, Long> ends(String topic) {
    return attempt(topic, () -> byNumber(consumer.endOffsets(partitions(topic))));
  }

  private interface Attempt<T> {
    T run();
  }

  private <T> T attempt(String topic, Attempt<T> work) {
    try {
      return work.run();
    } catch (KafkaException e) {
      throw new StackException(
          "cannot read " + topic + " from Kafka at " + bootstrap + ": " + e.getMessage(), e);
    }
  }

  private List<TopicPartition> partitions(String topic) {
    List<PartitionInfo> infos = consumer.partitionsFor(topic, CALL);
    if (infos == null || infos.isEmpty()) {
      throw new StackException("Kafka at " + bootstrap + " has no topic " + topic);
    }
    List<TopicPartition> partitions = new ArrayList<>();
    infos.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    return partitions;
  }

  private static Map<Integer, Long> byNumber(Map<TopicPartition, Long> offsets) {
    Map<Integer, Long> byNumber = new HashMap<>();
    offsets.forEach((partition, offset) -> byNumber.put(partition.partition(), offset));
    return byNumber;
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofMillis(500)));
  }
}
