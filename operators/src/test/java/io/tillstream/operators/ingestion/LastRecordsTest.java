package io.tillstream.operators.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LastRecordsTest {
  private static final PartitionId P = new PartitionId("t", 0);
  private static final TopicPartition KAFKAS = new TopicPartition("t", 0);

  /** A partition of which only some offsets are records, as with transactions. */
  private static final class Partition extends MockConsumer<byte[], byte[]> {
    private final TreeSet<Long> records = new TreeSet<>();
    private long readable;
    private long position;

    Partition(long readable, long... records) {
      super("none");
      this.readable = readable;
      for (long each : records) {
        this.records.add(each);
      }
    }

    @Override
    public synchronized void seek(TopicPartition partition, long offset) {
      position = offset;
    }

    @Override
    public synchronized long position(TopicPartition partition) {
      return position;
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
      for (long offset : records.subSet(position, Math.max(position, readable))) {
        found.add(new ConsumerRecord<>("t", 0, offset, null, null));
      }
      position = Math.max(position, readable);
      return new ConsumerRecords<>(Map.of(KAFKAS, found), Map.of());
    }
  }

  @Test
  void theLastOffsetIsUsuallyARecord() {
    LastRecords last = new LastRecords(() -> new Partition(10, 8, 9));
    assertThat(last.endOfRecords(P, 0, 10)).hasValue(10);
    last.close();
  }

  @Test
  void marksBehindItAreNoRecords() {
    LastRecords last = new LastRecords(() -> new Partition(100, 3, 40));
    assertThat(last.endOfRecords(P, 0, 100)).hasValue(41);
    last.close();
  }

  @Test
  void aPartitionMayHoldNothingButMarks() {
    LastRecords last = new LastRecords(() -> new Partition(100));
    assertThat(last.endOfRecords(P, 60, 100)).hasValue(60);
    assertThat(last.endOfRecords(P, 100, 100)).hasValue(100);
    last.close();
  }

  @Test
  void itLooksBackOnlySoFar() {
    LastRecords last = new LastRecords(() -> new Partition(10_000, 3));
    assertThat(last.endOfRecords(P, 0, 10_000)).hasValue(10_000 - 512);
    last.close();
  }

  @Test
  void anOpenTransactionCannotBeJudged() {
    LastRecords last = new LastRecords(() -> new Partition(7, 3, 6, 8));
    assertThat(last.endOfRecords(P, 0, 10)).isEmpty();
    last.close();
  }
}
