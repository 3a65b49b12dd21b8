package io.tillstream.it;

import io.tillstream.local.data.traffic.LiveTraffic;
import io.tillstream.local.data.traffic.TrafficGenerator;
import io.tillstream.local.data.traffic.TrafficOptions;
import io.tillstream.local.topics.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Visitors who come at a steady rate while something else happens. */
final class LiveVisits implements AutoCloseable {
  private final int rate;
  private final KafkaProducer<byte[], byte[]> producer;
  private final LiveTraffic traffic;
  private final AtomicLong sent = new AtomicLong();
  private final CompletableFuture<Long> end;

  private LiveVisits(Shop shop, TrafficOptions options, long count) {
    rate = options.rate();
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                shop.at().kafka(),
                "acks",
                "all",
                "enable.idempotence",
                true,
                "linger.ms",
                5,
                "batch.size",
                1 << 16,
                "buffer.memory",
                1L << 26,
                // Visitors do not go away because the broker does.
                "metadata.recovery.strategy",
                "none",
                "max.block.ms",
                600_000,
                "delivery.timeout.ms",
                600_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    traffic =
        new LiveTraffic(
            new TrafficGenerator(options),
            producer,
            Topics.SHOP_EVENTS,
            System::currentTimeMillis,
            System::nanoTime);
    end = CompletableFuture.supplyAsync(() -> send(count), work -> start(work));
  }

  /** The rate is the options'. */
  static LiveVisits begin(Shop shop, TrafficOptions options, Duration length) {
    return new LiveVisits(shop, options, options.rate() * length.toSeconds());
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "visitors");
    thread.setDaemon(true);
    thread.start();
  }

  private long send(long count) {
    try {
      return traffic.run(rate, count, sent::set);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  /** Waits until visits of that long were sent since now. */
  void pass(Duration length) {
    long goal = sent.get() + rate * length.toSeconds();
    Await.until(
        "the visitors sent " + goal + " records",
        length.plusSeconds(120),
        () -> end.isDone() || sent.get() >= goal);
    if (end.isCompletedExceptionally()) {
      end.join();
    }
  }

  /**
   * Waits for the last visit.
   *
   * @return how many records were sent and acknowledged
   */
  long finish() throws Exception {
    return end.get(10, TimeUnit.MINUTES);
  }

  /**
   * Lets no more visitors come.
   *
   * @return how many records were sent and acknowledged
   */
  long stop() throws Exception {
    traffic.stop();
    return finish();
  }

  @Override
  public void close() {
    traffic.stop();
    producer.close(Duration.ofSeconds(5));
  }
}
