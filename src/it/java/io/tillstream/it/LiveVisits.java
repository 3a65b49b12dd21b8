package io.tillstream.it;

import io.tillstream.local.data.traffic.LiveTraffic;
import io.tillstream.local.data.traffic.TrafficGenerator;
import io.tillstream.local.data.traffic.TrafficOptions;
import io.tillstream.local.topics.Topics;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Visitors who come at a steady rate while something else happens. */
final class LiveVisits implements AutoCloseable {
  private final int rate;
  private final KafkaProducer<byte[], byte[]> producer;
  private final LiveTraffic traffic;
  private final AtomicLong sent = new AtomicLong();
  private final CompletableFuture<Long> end;

  private LiveVisits(Shop shop, TrafficOptions options, long count) {
    rate = options.rate();
    producer = LiveTraffic.producer(shop.at().kafka());
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
