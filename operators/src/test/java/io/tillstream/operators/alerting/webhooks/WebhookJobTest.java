package io.tillstream.operators.alerting.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.alerting.webhooks.sending.Backoff;
import io.tillstream.operators.alerting.webhooks.sending.Receiver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks on a real cluster: stopped while their receiver hangs, and through a crash. */
@Timeout(120)
class WebhookJobTest {
  private static final int ALERTS = 10;
  private static final int WEBHOOKS = 60;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final AtomicBoolean CRASH = new AtomicBoolean();
  private static final AtomicInteger CRASHES = new AtomicInteger();

  @TempDir Path folder;

  /** Some webhooks, and then nothing for a long time; fails when it is told to. */
  private static final class Alerts extends RichFlatMapFunction<Long, Delivery>
      implements CheckpointListener {
    private static final long serialVersionUID = 1L;
    private final String url;
    private transient int checkpoints;

    Alerts(String url) {
      this.url = url;
    }

    @Override
    public void flatMap(Long number, Collector<Delivery> out) {
      LockSupport.parkNanos(2_000_000);
      if (checkpoints > 1 && CRASH.compareAndSet(true, false)) {
        CRASHES.incrementAndGet();
        throw new IllegalStateException("a crash that the test asked for");
      }
      if (number < WEBHOOKS) {
        String alert = "a" + number % ALERTS;
        String id = alert + "." + number / ALERTS;
        byte[] body = ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
        out.collect(new Delivery(id, url, body, alert, false));
      }
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      checkpoints++;
    }
  }

  private JobClient submit(String url, Duration timeout, String savepoint) throws Exception {
    Path secrets =
        Files.writeString(folder.resolve("secrets"), "*=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri() + "checkpoints");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(1);
    WebhookOptions options =
        new WebhookOptions(
            true,
            secrets.toString(),
            timeout,
            "shop-alerts",
            new Backoff(8, Duration.ofMillis(50), 2, 0.2),
            1_000,
            4,
            10,
            Duration.ofSeconds(1));
    Webhooks.define(
            env.fromSource(
                    new NumberSequenceSource(0, 1_000_000),
                    WatermarkStrategy.noWatermarks(),
                    "numbers")
                .uid("numbers")
                .flatMap(new Alerts(url))
                .returns(Webhooks.DELIVERIES)
                .uid("alerts"),
            options,
            null)
        .sinkTo(new DiscardingSink<>())
        .uid("letters");
    return env.executeAsync();
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within 40 s: " + what);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  @Test
  void losesNoneThroughAStopWhileTheReceiverHangsAndThroughACrash() throws Exception {
    try (Receiver receiver = new Receiver(Receiver.hang())) {
      String url = receiver.url("/hook");
      JobClient first = submit(url, Duration.ofSeconds(60), null);
      await("four hang", () -> receiver.got().size() == 4);
      long begin = System.nanoTime();
      String savepoint =
          first
              .stopWithSavepoint(
                  false, folder.toUri() + "savepoints", SavepointFormatType.CANONICAL)
              .get(30, TimeUnit.SECONDS);
      var unused = first.getJobExecutionResult().get(30, TimeUnit.SECONDS);
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .as("neither the savepoint nor the end waits for a receiver")
          .isLessThan(Duration.ofSeconds(15));
      Set<String> before = ids(receiver.got());
      assertThat(before).hasSize(4);

      AtomicInteger number = new AtomicInteger();
      Receiver.Behaviour good = Receiver.status(200);
      Receiver.Behaviour bad = Receiver.status(503);
      receiver.becomes(
          (got, out, closing) ->
              (number.incrementAndGet() % 3 == 0 ? bad : good).answer(got, out, closing));
      CRASH.set(true);
      JobClient second = submit(url, Duration.ofSeconds(5), savepoint);
      await("all have come", () -> ids(receiver.got()).size() == WEBHOOKS);
      await("a crash", () -> CRASHES.get() == 1);
      second.cancel().get(30, TimeUnit.SECONDS);

      List<Receiver.Got> all = receiver.got().subList(4, receiver.got().size());
      assertThat(ids(all)).as("those that hung came again").containsAll(before);
      inOrder(all);
      for (Receiver.Got got : receiver.got()) {
        assertThat(got.text())
            .as("the same body whenever")
            .isEqualTo("{\"id\":\"" + got.id() + "\"}");
      }
    }
  }

  private static Set<String> ids(List<Receiver.Got> got) {
    Set<String> ids = new HashSet<>();
    got.forEach(each -> ids.add(each.id()));
    return ids;
  }

  /** Each alert's webhooks come in order, the first time each. */
  private static void inOrder(List<Receiver.Got> got) {
    Map<String, List<String>> byAlert = new HashMap<>();
    for (Receiver.Got each : got) {
      List<String> ids =
          byAlert.computeIfAbsent(each.id().split("\\.", -1)[0], alert -> new ArrayList<>());
      if (!ids.contains(each.id())) {
        ids.add(each.id());
      }
    }
    assertThat(byAlert).hasSize(ALERTS);
    assertThat(byAlert.values()).allSatisfy(ids -> assertThat(ids).isSorted());
  }
}
