package io.tillstream.local.data.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Kafka's own in-memory producer and a clock that moves when it is looked at. */
class LiveTrafficTest {
  private static final long STEP = 200_000;
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void sendsAtTheRateRoundRobin() throws Exception {
    MockProducer<byte[], byte[]> producer = producer(true);
    List<Long> progress = new ArrayList<>();
    long sent = live(producer).run(1000, 2500, progress::add);
    assertThat(sent).isEqualTo(2500);
    List<ProducerRecord<byte[], byte[]>> records = producer.history();
    assertThat(records).hasSize(2500);
    for (int i = 0; i < records.size(); i++) {
      assertThat(records.get(i).partition()).isEqualTo(i % 4);
      assertThat(records.get(i).key()).isNull();
    }
    // 2,500 records at 1,000/s take 2.5 s, and not much more.
    assertThat(nanos.get()).isBetween(2_490_000_000L, 2_700_000_000L);
    assertThat(progress).hasSize(3).last().isEqualTo(2500L);
  }

  @Test
  void stopsWhenTold() throws Exception {
    LiveTraffic live = live(producer(true));
    live.stop();
    assertThat(live.run(1000, 1000, n -> {})).isZero();
  }

  @Test
  void aFailureEndsIt() {
    MockProducer<byte[], byte[]> producer = producer(true);
    producer.sendException = new IllegalStateException("no broker");
    assertThatThrownBy(() -> live(producer).run(1000, 10, n -> {})).hasMessage("no broker");
  }

  private LiveTraffic live(MockProducer<byte[], byte[]> producer) {
    return new LiveTraffic(
        new TrafficGenerator(TrafficOptions.of(1, 1000)),
        producer,
        "shop-events",
        () -> 1_767_225_600_000L + nanos.get() / 1_000_000,
        () -> nanos.addAndGet(STEP));
  }

  private static MockProducer<byte[], byte[]> producer(boolean acknowledges) {
    Node node = new Node(0, "localhost", 9092);
    List<PartitionInfo> partitions = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      partitions.add(
          new PartitionInfo("shop-events", i, node, new Node[] {node}, new Node[] {node}));
    }
    Cluster cluster =
        new Cluster("c", List.of(node), partitions, java.util.Set.of(), java.util.Set.of());
    return new MockProducer<>(
        cluster, acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
