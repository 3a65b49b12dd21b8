package io.tillstream.local.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.local.bench.SteadyTraffic.Pacing;
import io.tillstream.local.control.RulesControl;
import io.tillstream.local.data.traffic.LiveTraffic;
import io.tillstream.local.data.traffic.TrafficOptions;
import io.tillstream.local.demo.DemoTraffic;
import io.tillstream.local.layout.Json;
import io.tillstream.local.process.StackException;
import io.tillstream.local.process.Wait;
import io.tillstream.local.stack.LocalStack;
import io.tillstream.local.topics.Pace;
import io.tillstream.local.topics.Topics;
import io.tillstream.local.webhook.Listener;
import io.tillstream.local.webhook.Verifier;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.HdrHistogram.Recorder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * From the Kafka timestamp of a stock update below the threshold to the arrival of the signed POST
 * that tells it, beside steady traffic. Every update is of another product, so each raises an alert
 * of its own.
 */
public final class AlertsBench {
  private static final long SEED = 13;
  private static final int UPDATES_A_SECOND = 5;
  private static final int NO_CONTENT = 204;
  private static final String PREFIX = "BENCH-";
  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final Duration LAST = Duration.ofSeconds(20);

  private final LocalStack stack;
  private final Consumer<String> progress;
  private final String kafka;
  private final Clock clock = Clock.systemUTC();
  private final Map<String, Long> sent = new ConcurrentHashMap<>();

  /**
   * @param stack one of its own, with its job
   */
  public AlertsBench(LocalStack stack, Consumer<String> progress) {
    this.stack = stack;
    this.progress = progress;
    this.kafka = stack.endpoints().kafka();
  }

  /**
   * Measures.
   *
   * @param rate events a second beside the stock updates
   * @param seconds for how long
   */
  public Alerts run(int rate, int seconds) {
    TrafficOptions options = TrafficOptions.of(SEED, rate);
    new DemoTraffic(stack.endpoints(), options).loadCatalog();
    Arrivals arrivals = new Arrivals(PREFIX);
    Verifier verifier = Verifier.of(stack.run().webhookSecrets());
    try (Listener receiver = new Listener(0, verifier, NO_CONTENT, clock, arrivals);
        SteadyTraffic traffic = new SteadyTraffic(kafka, options);
        KafkaProducer<byte[], byte[]> producer = LiveTraffic.producer(kafka)) {
      applyRule(receiver.url());
      progress.accept("warming up for " + WARM_UP.toSeconds() + " s at " + rate + " events/s");
      lowStock(producer, "WARM-UP-", WARM_UP);
      traffic.pacing();
      progress.accept("measuring for " + seconds + " s");
      lowStock(producer, PREFIX, Duration.ofSeconds(seconds));
      Pacing pacing = traffic.pacing();
      awaitArrivals(arrivals);
      return result(rate, seconds, arrivals, pacing);
    }
  }

  private Alerts result(int rate, int seconds, Arrivals arrivals, Pacing pacing) {
    Recorder delays = Delays.recorder();
    arrivals
        .first()
        .forEach((key, at) -> delays.recordValue(Math.max(0, at - sent.getOrDefault(key, at))));
    return new Alerts(
        rate,
        seconds,
        sent.size(),
        arrivals.repeated(),
        arrivals.unsigned(),
        Delays.since(delays),
        pacing);
  }

  private void applyRule(String webhook) {
    ObjectNode rule = Json.MAPPER.createObjectNode();
    rule.put("rule_id", "bench-low-stock");
    rule.put("description", "Stock below ten, told to the benchmark");
    rule.put("dimension", "product");
    rule.put("key", "*");
    rule.put("metric", "available");
    rule.put("comparison", "lt");
    rule.put("threshold", 10);
    rule.put("clear_threshold", 12);
    rule.put("hold", "PT0S");
    rule.put("cooldown", "PT5M");
    rule.put("severity", "warning");
    rule.put("webhook", webhook);
    new RulesControl(kafka, clock)
        .apply(Json.MAPPER.createArrayNode().add(rule).toString(), "bench");
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback notes the timestamp.
  private void lowStock(KafkaProducer<byte[], byte[]> producer, String prefix, Duration length) {
    long count = length.toSeconds() * UPDATES_A_SECOND;
    Pace pace = new Pace(UPDATES_A_SECOND);
    for (int number = 0; number < count; number++) {
      pace.await();
      String product = prefix + number;
      String event =
          "{\"event_id\":\""
              + UUID.randomUUID()
              + "\",\"event_type\":\"inventory_update\",\"event_time\":\""
              + clock.instant()
              + "\",\"items\":[{\"item_id\":\""
              + product
              + "\",\"available\":"
              + number % 10
              + "}]}";
      producer.send(
          new ProducerRecord<>(Topics.SHOP_EVENTS, bytes(event)),
          (meta, error) -> {
            if (error == null && product.startsWith(PREFIX)) {
              sent.put(product, meta.timestamp());
            }
          });
    }
    producer.flush();
  }

  private void awaitArrivals(Arrivals arrivals) {
    try {
      Wait.until(LAST, "every webhook arrives", () -> arrivals.count() >= sent.size());
    } catch (StackException missing) {
      progress.accept(missing.getMessage());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
