package io.tillstream.local.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.local.bench.SteadyTraffic.Pacing;
import io.tillstream.local.data.traffic.LiveTraffic;
import io.tillstream.local.data.traffic.TrafficOptions;
import io.tillstream.local.demo.DemoTraffic;
import io.tillstream.local.layout.Json;
import io.tillstream.local.process.StackException;
import io.tillstream.local.process.Wait;
import io.tillstream.local.stack.LocalStack;
import io.tillstream.local.topics.EventSender;
import io.tillstream.local.topics.Pace;
import io.tillstream.local.topics.TopicReader;
import io.tillstream.local.topics.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    try (WebhookReceiver receiver = new WebhookReceiver(secret(), PREFIX);
        SteadyTraffic traffic = new SteadyTraffic(kafka, options);
        KafkaProducer<byte[], byte[]> producer = LiveTraffic.producer(kafka)) {
      applyRule(receiver.address());
      progress.accept("warming up for " + WARM_UP.toSeconds() + " s at " + rate + " events/s");
      lowStock(producer, "WARM-UP-", WARM_UP);
      traffic.pacing();
      progress.accept("measuring for " + seconds + " s");
      lowStock(producer, PREFIX, Duration.ofSeconds(seconds));
      Pacing pacing = traffic.pacing();
      awaitArrivals(receiver);
      return result(rate, seconds, receiver, pacing);
    } catch (IOException e) {
      throw new StackException("cannot receive webhooks: " + e.getMessage(), e);
    }
  }

  private Alerts result(int rate, int seconds, WebhookReceiver receiver, Pacing pacing) {
    Recorder delays = Delays.recorder();
    receiver
        .arrivals()
        .forEach((key, at) -> delays.recordValue(Math.max(0, at - sent.getOrDefault(key, at))));
    return new Alerts(
        rate,
        seconds,
        sent.size(),
        receiver.repeated(),
        receiver.unsigned(),
        Delays.since(delays),
        pacing);
  }

  private String secret() throws IOException {
    String line = Files.readString(stack.run().webhookSecrets()).strip();
    return line.substring(line.indexOf('=') + 1);
  }

  private void applyRule(String webhook) {
    ObjectNode command = Json.MAPPER.createObjectNode();
    String id = UUID.randomUUID().toString();
    command.put("command_id", id);
    command.put("type", "rules");
    ObjectNode rule = command.putArray("apply").addObject();
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
    command.put("by", "bench");
    command.put("at", clock.instant().toString());
    try (TopicReader reader = new TopicReader(kafka);
        EventSender sender = new EventSender(kafka, Topics.CONTROL)) {
      reader.follow(Topics.CONTROL);
      sender.send(bytes(id), bytes(command.toString()), null);
      sender.flush();
      boolean[] inForce = {false};
      Wait.until(
          Duration.ofSeconds(20),
          "the rule is in force (is there an alert agent?)",
          () -> {
            reader.poll(
                Duration.ofMillis(100),
                record -> {
                  String text = new String(record.value(), StandardCharsets.UTF_8);
                  inForce[0] |=
                      text.contains("\"rules-in-force\"") && text.contains("bench-low-stock");
                });
            return inForce[0];
          });
    }
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

  private void awaitArrivals(WebhookReceiver receiver) {
    try {
      Wait.until(LAST, "every webhook arrives", () -> receiver.arrivals().size() >= sent.size());
    } catch (StackException missing) {
      progress.accept(missing.getMessage());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
