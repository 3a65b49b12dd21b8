package io.tillstream.local.data.traffic;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends made traffic at a steady rate into a topic, event times now. Open loop: what is owed is
 * sent whether the other side keeps up or not; after a stall all that was missed follows at once.
 */
public final class LiveTraffic {
  private static final long NANOS = 1_000_000_000L;
  private static final long SHORT_NAP = 1_000_000L;

  private final TrafficGenerator traffic;
  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final int partitions;
  private final LongSupplier millis;
  private final LongSupplier nanos;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private volatile boolean stopped;
  private volatile long sent;
  private volatile long longestBehind;

  /**
   * @param millis the time of day, for event times: milliseconds since 1970
   * @param nanos a steady clock, for the pace
   */
  public LiveTraffic(
      TrafficGenerator traffic,
      Producer<byte[], byte[]> producer,
      String topic,
      LongSupplier millis,
      LongSupplier nanos) {
    this.traffic = traffic;
    this.producer = producer;
    this.topic = topic;
    this.partitions = producer.partitionsFor(topic).size();
    this.millis = millis;
    this.nanos = nanos;
  }

  /**
   * A producer for it: everything acknowledged, batches of a few milliseconds, and patience with a
   * broker that is killed and comes back.
   *
   * @param kafka host:port
   */
  public static KafkaProducer<byte[], byte[]> producer(String kafka) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            kafka,
            "enable.idempotence",
            true,
            "acks",
            "all",
            "linger.ms",
            5,
            "batch.size",
            1 << 16,
            "buffer.memory",
            1L << 26,
            // With the one broker away the default forgets the topic, and sending then waits.
            "metadata.recovery.strategy",
            "none",
            "max.block.ms",
            600_000,
            "delivery.timeout.ms",
            600_000);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Records sent so far. */
  public long sent() {
    return sent;
  }

  /** Milliseconds: how far the sending was ever behind its own pace since the last call. */
  public long longestBehindMillis() {
    long behind = longestBehind;
    longestBehind = 0;
    return behind / SHORT_NAP;
  }

  /** Lets {@link #run} return soon; what was sent is still acknowledged. */
  public void stop() {
    stopped = true;
  }

  /**
   * Sends {@code count} records, {@code rate} a second, round-robin over the partitions, and
   * returns when all are acknowledged.
   *
   * @param progress told about once a second how many were sent
   * @return how many were sent: {@code count}, or fewer after {@link #stop}
   * @throws Exception the first failure to send
   */
  @SuppressWarnings("FutureReturnValueIgnored") // The callback keeps the first failure.
  public long run(int rate, long count, LongConsumer progress) throws Exception {
    long began = nanos.getAsLong();
    long told = began;
    sent = 0;
    while (sent < count && !stopped) {
      long now = nanos.getAsLong();
      if (now - told >= NANOS) {
        told = now;
        progress.accept(sent);
      }
      long due = began + sent / rate * NANOS + sent % rate * NANOS / rate;
      if (now < due) {
        LockSupport.parkNanos(SHORT_NAP);
        continue;
      }
      // Which partition the first goes to must not depend on chance either.
      byte[] record = traffic.next(millis.getAsLong());
      producer.send(
          new ProducerRecord<>(topic, (int) (sent % partitions), null, record),
          (meta, error) -> failure.compareAndSet(null, error));
      sent++;
      if (now - due > longestBehind) {
        longestBehind = now - due;
      }
      rethrow();
    }
    producer.flush();
    rethrow();
    progress.accept(sent);
    return sent;
  }

  private void rethrow() throws Exception {
    Exception error = failure.get();
    if (error != null) {
      throw error;
    }
  }
}
