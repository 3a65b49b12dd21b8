package io.tillstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tillstream.operators.ingestion.Header;
import io.tillstream.operators.ingestion.SourceMessage.RawRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class KafkaOriginalsTest {

  /** A topic of which only some offsets are records, and a broker that may be away. */
  private static final class Topic extends MockConsumer<byte[], byte[]> {
    private final Map<Integer, TreeMap<Long, String>> records = new TreeMap<>();
    private final List<RuntimeException> troubles = new ArrayList<>();
    private long begin;
    private long end = 1_000;
    private int perPoll = 3;
    private int fetches;
    private TopicPartition assigned;
    private long position;

    Topic() {
      super("none");
    }

    Topic with(int partition, long... offsets) {
      for (long offset : offsets) {
        records.computeIfAbsent(partition, p -> new TreeMap<>()).put(offset, "v" + offset);
      }
      return this;
    }

    @Override
    public synchronized void assign(Collection<TopicPartition> partitions) {
      assertThat(partitions).hasSize(1);
      assigned = partitions.iterator().next();
    }

    @Override
    public synchronized void seek(TopicPartition partition, long offset) {
      assertThat(partition).isEqualTo(assigned);
      position = offset;
      fetches++;
    }

    @Override
    public synchronized long position(TopicPartition partition, Duration atMost) {
      return position;
    }

    @Override
    public synchronized Map<TopicPartition, Long> endOffsets(
        Collection<TopicPartition> partitions, Duration atMost) {
      return Map.of(partitions.iterator().next(), end);
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      if (!troubles.isEmpty()) {
        RuntimeException trouble = troubles.remove(0);
        if (trouble != null) {
          throw trouble;
        }
        return ConsumerRecords.empty();
      }
      if (position < begin || position > end) {
        throw new OffsetOutOfRangeException(Map.of(assigned, position));
      }
      List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
      TreeMap<Long, String> all = records.getOrDefault(assigned.partition(), new TreeMap<>());
      for (Map.Entry<Long, String> each : all.tailMap(position).entrySet()) {
        if (found.size() == perPoll) {
          break;
        }
        found.add(record(each.getKey(), each.getValue()));
        position = each.getKey() + 1;
      }
      if (found.isEmpty()) {
        position = end; // nothing but marks up to there
      }
      return new ConsumerRecords<>(found.isEmpty() ? Map.of() : Map.of(assigned, found), Map.of());
    }

    private ConsumerRecord<byte[], byte[]> record(long offset, String value) {
      RecordHeaders headers = new RecordHeaders();
      headers.add("trace", new byte[] {1}).add("empty", null);
      return new ConsumerRecord<>(
          assigned.topic(),
          assigned.partition(),
          offset,
          77,
          TimestampType.CREATE_TIME,
          -1,
          -1,
          offset % 2 == 0 ? null : new byte[] {2},
          value.getBytes(java.nio.charset.StandardCharsets.UTF_8),
          headers,
          Optional.empty());
    }
  }

  private static KafkaOriginals originals(Topic topic, Duration patience) {
    return new KafkaOriginals("there:9092", "shop-events", topic, patience);
  }

  private static KafkaOriginals originals(Topic topic) {
    return originals(topic, Duration.ofSeconds(20));
  }

  @Test
  void aRecordComesAsItLies() {
    try (KafkaOriginals originals = originals(new Topic().with(3, 7))) {
      RawRecord record = originals.read(3, 7);
      assertThat(originals.topic()).isEqualTo("shop-events");
      assertThat(record.topic()).isEqualTo("shop-events");
      assertThat(record.partition()).isEqualTo(3);
      assertThat(record.offset()).isEqualTo(7);
      assertThat(record.timestamp()).isEqualTo(77);
      assertThat(record.key()).containsExactly(2);
      assertThat(record.value()).containsExactly('v', '7');
      assertThat(record.headers()).extracting(Header::name).containsExactly("trace", "empty");
      assertThat(record.headers().get(1).value()).isNull();
    }
  }

  @Test
  void neighboursAreReadOnce() {
    Topic topic = new Topic().with(0, 5, 6, 8, 9, 10).with(1, 6);
    try (KafkaOriginals originals = originals(topic)) {
      assertThat(originals.read(0, 5)).isNotNull();
      assertThat(originals.read(1, 6)).isNotNull();
      assertThat(originals.read(0, 6)).isNotNull();
      assertThat(originals.read(0, 7)).as("a gap").isNull();
      assertThat(originals.read(0, 8)).isNotNull();
      assertThat(topic.fetches).isEqualTo(2);
      assertThat(originals.read(0, 10).value()).containsExactly('v', '1', '0');
      assertThat(originals.read(0, 5)).as("back again").isNotNull();
      assertThat(topic.fetches).isEqualTo(4);
    }
  }

  @Test
  void whatRetentionTookIsGone() {
    Topic topic = new Topic().with(0, 50);
    topic.begin = 50;
    try (KafkaOriginals originals = originals(topic)) {
      assertThat(originals.read(0, 49)).isNull();
      assertThat(originals.read(0, 50)).isNotNull();
    }
  }

  @Test
  void whatCompactionOrAnAbortedTransactionTookIsGone() {
    try (KafkaOriginals originals = originals(new Topic().with(0, 50))) {
      assertThat(originals.read(0, 49)).as("followed by a record").isNull();
      assertThat(originals.read(0, 51)).as("followed by marks alone").isNull();
    }
  }

  @Test
  void whatALogCutShortLostIsGone() {
    Topic topic = new Topic();
    topic.end = 40;
    try (KafkaOriginals originals = originals(topic)) {
      assertThat(originals.read(0, 40)).as("at its end").isNull();
      assertThat(originals.read(0, 41)).as("behind it").isNull();
    }
  }

  @Test
  void anOutageIsWaitedFor() {
    Topic topic = new Topic().with(0, 1);
    topic.troubles.add(null);
    topic.troubles.add(new TimeoutException("no answer"));
    topic.troubles.add(null);
    try (KafkaOriginals originals = originals(topic)) {
      assertThat(originals.read(0, 1)).isNotNull();
    }
  }

  @Test
  void beyondTheBoundItThrows() {
    Topic topic = new Topic().with(0, 1);
    for (int i = 0; i < 1_000_000; i++) {
      topic.troubles.add(i == 0 ? new TimeoutException("no answer") : null);
    }
    try (KafkaOriginals originals = originals(topic, Duration.ofMillis(30))) {
      assertThatExceptionOfType(KafkaUnreachableException.class)
          .isThrownBy(() -> originals.read(0, 1))
          .withMessage("Kafka at there:9092: no record at shop-events-0 offset 1 for PT0.03S")
          .withCauseInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void aRefusalIsNotWaitedFor() {
    Topic topic = new Topic().with(0, 1);
    topic.troubles.add(new AuthorizationException("not for you"));
    try (KafkaOriginals originals = originals(topic)) {
      assertThatExceptionOfType(AuthorizationException.class)
          .isThrownBy(() -> originals.read(0, 1));
    }
    assertThat(topic.closed()).isTrue();
  }

  @Test
  void manyPartitionsAreNotAllKept() {
    Topic topic = new Topic();
    for (int p = 0; p < 40; p++) {
      topic.with(p, 1);
    }
    try (KafkaOriginals originals = originals(topic)) {
      for (int p = 0; p < 80; p++) {
        assertThat(originals.read(p % 40, 1).partition()).isEqualTo(p % 40);
      }
    }
  }
}
