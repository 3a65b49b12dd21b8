package io.tillstream.it.oracle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole topics, up to the ends they have when the reading begins. */
public final class TopicReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaConsumer<byte[], byte[]> consumer;

  public TopicReader(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "max.poll.records",
                10_000,
                "fetch.max.bytes",
                32 << 20,
                "max.partition.fetch.bytes",
                8 << 20),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /**
   * All records of a topic, each partition in its order; none if there is no such topic.
   *
   * @throws IllegalStateException if a minute passes without progress
   */
  public List<RawRecord> read(String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      return List.of();
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    List<RawRecord> records = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long position = -1;
    while (true) {
      long reached = reached(partitions);
      if (partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p))) {
        return records;
      }
      if (reached > position) {
        position = reached;
        deadline = System.nanoTime() + PATIENCE.toNanos();
      } else if (System.nanoTime() > deadline) {
        throw new IllegalStateException("no record of " + topic + " came for " + PATIENCE);
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
        if (record.offset() < ends.get(new TopicPartition(topic, record.partition()))) {
          records.add(raw(record));
        }
      }
    }
  }

  private long reached(Collection<TopicPartition> partitions) {
    return partitions.stream().mapToLong(consumer::position).sum();
  }

  private static RawRecord raw(ConsumerRecord<byte[], byte[]> record) {
    Map<String, byte[]> headers = new HashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), header.value());
    }
    return new RawRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        headers);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
