package io.tillstream.local.topics;

import io.tillstream.local.process.StackException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends records to one topic, round robin over its partitions in the order given, so that all
 * partitions advance together: no more than {@link #WINDOW} records are under way at a time. The
 * producer is idempotent, so the order within a partition holds over retries. Not thread-safe.
 */
public final class EventSender implements AutoCloseable {
  /** A few hundred records a partition: what one partition may be ahead of another. */
  private static final int WINDOW = 2_000;

  private static final long LONG_WAIT_NANOS = 100_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final int partitions;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private long sent;

  public EventSender(String bootstrap, String topic) {
    Properties properties = new Properties();
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 1);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 18);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 64 << 20);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 128L << 20);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 120_000);
    // A broker that is down for a while makes the sender wait, not fail.
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 600_000);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      this.partitions = producer.partitionsFor(topic).size();
    } catch (KafkaException e) {
      producer.close(java.time.Duration.ZERO);
      throw new StackException("cannot reach topic " + topic + " at " + bootstrap, e);
    }
  }

  /** Records sent so far. */
  public long sent() {
    return sent;
  }

  /** Records whose receipt the broker confirmed. */
  public long acknowledged() {
    return acknowledged.get();
  }

  /** Sends one record; waits while too many are under way. Its timestamp is now. */
  @SuppressWarnings("FutureReturnValueIgnored") // The callback tells.
  public void send(byte[] key, byte[] value, Iterable<Header> headers) {
    awaitRoom(WINDOW - 1);
    int partition = (int) (sent % partitions);
    sent++;
    try {
      producer.send(
          new ProducerRecord<>(topic, partition, null, key, value, headers),
          (metadata, exception) -> {
            if (exception != null) {
              failure.compareAndSet(null, exception);
            }
            acknowledged.incrementAndGet();
          });
    } catch (KafkaException e) {
      throw new StackException(
          "record " + sent + " was not taken by " + topic + ": " + e.getMessage(), e);
    }
  }

  public void send(byte[] value) {
    send(null, value, null);
  }

  /** Returns when every record sent so far is acknowledged. */
  public void flush() {
    producer.flush();
    awaitRoom(0);
  }

  private void awaitRoom(int underWay) {
    while (sent - acknowledged.get() > underWay) {
      throwIfFailed();
      LockSupport.parkNanos(LONG_WAIT_NANOS);
    }
    throwIfFailed();
  }

  private void throwIfFailed() {
    Exception failed = failure.get();
    if (failed != null) {
      throw new StackException("not acknowledged by " + topic + ": " + failed.getMessage(), failed);
    }
  }

  @Override
  public void close() {
    producer.close(java.time.Duration.ofSeconds(5));
  }
}
