package io.tillstream.jobs.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic read back by those that wrote it: where it ends, as a thread of its own asks each second,
 * and what stands in it from given offsets on. Both may be asked from different threads at once.
 *
 * @param <T> what is read of a record
 */
final class OwnTopic<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OwnTopic.class);
  private static final long POLL_MS = 1_000;
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private final Properties kafka;
  private final String topic;
  private final Admin admin;
  private final ScheduledExecutorService poller;
  private final Function<ConsumerRecord<byte[], byte[]>, T> reader;
  private volatile Map<Integer, Long> ends;

  /**
   * Opens it.
   *
   * @param reader what a record says; null for one that is none of ours
   */
  OwnTopic(Properties kafka, String topic, Function<ConsumerRecord<byte[], byte[]>, T> reader) {
    this.kafka = kafka;
    this.topic = topic;
    this.reader = reader;
    this.admin = Admin.create(kafka);
    this.poller =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "own-topic-ends");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The newest known ends; the first call waits until they are known. */
  Map<Integer, Long> endOffsets() {
    if (ends == null) {
      ends = Topics.endOffsets(admin, topic, kafka);
      var unused =
          poller.scheduleWithFixedDelay(this::poll, POLL_MS, POLL_MS, TimeUnit.MILLISECONDS);
    }
    return ends;
  }

  private void poll() {
    try {
      ends = Topics.endOffsets(admin, topic, kafka);
    } catch (RuntimeException e) {
      // The older ends stand: reading back begins a little earlier then.
      LOG.debug("The ends of {} stay as they were: {}", topic, e.getMessage());
    }
  }

  /**
   * Reads from an offset of each partition, or from its beginning, to the end it has now.
   *
   * @return the ends
   */
  Map<Integer, Long> readSince(Map<Integer, Long> from, Consumer<T> each) {
    Map<Integer, Long> to = Topics.endOffsets(admin, topic, kafka);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      Map<TopicPartition, Long> open = new HashMap<>();
      to.forEach((partition, end) -> open.put(new TopicPartition(topic, partition), end));
      consumer.assign(open.keySet());
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(open.keySet());
      begins.forEach(
          (partition, begin) ->
              consumer.seek(
                  partition, Math.max(begin, from.getOrDefault(partition.partition(), begin))));
      drain(consumer, open, each);
    }
    return to;
  }

  private void drain(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> open, Consumer<T> each) {
    long heard = System.nanoTime();
    while (true) {
      // Compaction and aborted batches leave gaps: the position tells, not the last record.
      open.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      if (open.isEmpty()) {
        return;
      }
      var records = consumer.poll(Duration.ofMillis(200));
      if (!records.isEmpty()) {
        heard = System.nanoTime();
      } else if (System.nanoTime() - heard > LONGEST_SILENCE.toNanos()) {
        throw new KafkaUnreachableException(
            kafka, new IllegalStateException("no record of " + topic + " for " + LONGEST_SILENCE));
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        T said = reader.apply(record);
        if (said != null) {
          each.accept(said);
        }
      }
      consumer.pause(
          List.copyOf(
              consumer.assignment().stream()
                  .filter(partition -> !open.containsKey(partition))
                  .toList()));
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Properties own = new Properties();
    own.putAll(kafka);
    own.remove(ConsumerConfig.GROUP_ID_CONFIG);
    own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void close() {
    poller.shutdownNow();
    admin.close(Duration.ofSeconds(1));
  }
}
