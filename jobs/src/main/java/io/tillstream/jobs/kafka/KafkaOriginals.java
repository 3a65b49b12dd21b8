package io.tillstream.jobs.kafka;

import io.tillstream.operators.ingestion.Header;
import io.tillstream.operators.ingestion.Originals;
import io.tillstream.operators.ingestion.SourceMessage.RawRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The topic {@code shop-events}, read again at single offsets by a consumer that belongs to no
 * group. Where one event is refused its neighbours often are too, so the last few records got of
 * each partition are kept.
 */
public final class KafkaOriginals implements Originals {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int PAGE_RECORDS = 200;
  private static final int MOST_PAGES = 8;

  /** Records of one partition: all there are from one offset up to, not including, another. */
  private record Page(long from, long to, Map<Long, RawRecord> records) {
    boolean covers(long offset) {
      return from <= offset && offset < to;
    }
  }

  private final String servers;
  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private final Duration patience;
  private final Map<Integer, Page> pages = new HashMap<>();

  KafkaOriginals(
      String servers, String topic, Consumer<byte[], byte[]> consumer, Duration patience) {
    this.servers = servers;
    this.topic = topic;
    this.consumer = consumer;
    this.patience = patience;
  }

  /** A factory that travels with the job; the settings are those of the source. */
  public static Originals.Factory factory(Properties kafka, String topic) {
    return () ->
        new KafkaOriginals(
            kafka.getProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG),
            topic,
            consumer(kafka),
            PATIENCE);
  }

  private static Consumer<byte[], byte[]> consumer(Properties kafka) {
    Properties own = new Properties();
    own.putAll(kafka);
    List.of(
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.CLIENT_ID_CONFIG,
            ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG)
        .forEach(own::remove);
    own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    // To be told when a record is gone, not to be handed another.
    own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    own.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(PAGE_RECORDS));
    own.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "1");
    own.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "20");
    own.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
    own.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000");
    return new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public String topic() {
    return topic;
  }

  @Override
  public RawRecord read(int partition, long offset) {
    Page page = pages.get(partition);
    if (page == null || !page.covers(offset)) {
      page = fetch(new TopicPartition(topic, partition), offset);
      if (pages.size() == MOST_PAGES) {
        pages.clear(); // a burst is over or goes on elsewhere; memory is better used than by these
      }
      pages.put(partition, page);
    }
    return page.records().get(offset);
  }

  private Page fetch(TopicPartition partition, long offset) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, offset);
    long begin = System.nanoTime();
    RuntimeException last = null;
    while (System.nanoTime() - begin < patience.toNanos()) {
      try {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        // Compaction and aborted transactions leave gaps: the position tells what was passed.
        long position = consumer.position(partition, POLL);
        if (position > offset) {
          return page(offset, position, records.records(partition));
        }
        // At the end the broker is silent for ever: a log that was cut short ends before the
        // record.
        if (consumer.endOffsets(List.of(partition), POLL).get(partition) <= offset) {
          return gone(offset);
        }
      } catch (OffsetOutOfRangeException e) {
        return gone(offset);
      } catch (RetriableException e) {
        last = e;
      }
    }
    throw new KafkaUnreachableException(
        servers, "no record at " + partition + " offset " + offset + " for " + patience, last);
  }

  private static Page gone(long offset) {
    return new Page(offset, offset + 1, Map.of());
  }

  private static Page page(long from, long to, List<ConsumerRecord<byte[], byte[]>> found) {
    Map<Long, RawRecord> records = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : found) {
      records.put(record.offset(), raw(record));
    }
    return new Page(from, to, records);
  }

  private static RawRecord raw(ConsumerRecord<byte[], byte[]> record) {
    List<Header> headers = new ArrayList<>();
    record.headers().forEach(header -> headers.add(new Header(header.key(), header.value())));
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
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
  }
}
