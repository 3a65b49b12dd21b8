package io.tillstream.local.bench;

import io.tillstream.local.data.traffic.LiveTraffic;
import io.tillstream.local.data.traffic.TrafficGenerator;
import io.tillstream.local.data.traffic.TrafficOptions;
import io.tillstream.local.process.StackException;
import io.tillstream.local.topics.Topics;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Made traffic at a steady rate beside a measurement, event times now. Open loop: it never waits
 * for the system, so a system that stalls does not get fewer events, and its stall is seen.
 */
final class SteadyTraffic implements AutoCloseable {
  /**
   * How the sender did over a stretch: were it behind, the figures would be its own, not the
   * system's.
   *
   * @param perSecond records a second it achieved
   * @param behindMillis how far it was ever behind its pace
   */
  record Pacing(double perSecond, long behindMillis) {}

  private static final int ACKNOWLEDGED_SECONDS = 60;

  private final KafkaProducer<byte[], byte[]> producer;
  private final LiveTraffic traffic;
  private final CompletableFuture<Long> done = new CompletableFuture<>();
  private long markedAt = System.nanoTime();
  private long marked;

  /** Begins to send. */
  SteadyTraffic(String kafka, TrafficOptions options) {
    producer = LiveTraffic.producer(kafka);
    traffic =
        new LiveTraffic(
            new TrafficGenerator(options),
            producer,
            Topics.SHOP_EVENTS,
            System::currentTimeMillis,
            System::nanoTime);
    Thread sender = new Thread(() -> send(options.rate()), "traffic");
    sender.setDaemon(true);
    sender.start();
  }

  private void send(int rate) {
    try {
      done.complete(traffic.run(rate, Long.MAX_VALUE, sent -> {}));
    } catch (Exception e) {
      done.completeExceptionally(e);
    }
  }

  /** The pacing since the last call, or the start. */
  Pacing pacing() {
    long now = System.nanoTime();
    long sent = traffic.sent();
    double seconds = (now - markedAt) / 1e9;
    Pacing pacing = new Pacing((sent - marked) / seconds, traffic.longestBehindMillis());
    markedAt = now;
    marked = sent;
    return pacing;
  }

  /**
   * Ends the traffic; returns when everything sent is acknowledged.
   *
   * @return how many records were sent
   */
  long end() {
    traffic.stop();
    try {
      return done.get(ACKNOWLEDGED_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new StackException("traffic was not acknowledged: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted", e);
    }
  }

  @Override
  public void close() {
    traffic.stop();
    producer.close(java.time.Duration.ofSeconds(5));
  }
}
