package io.tillstream.operators.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.figures.RoutedCodec;
import io.tillstream.operators.ingestion.SourceMessage.RawRecord;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.event.Routed;
import io.tillstream.routing.event.ShopEvent;
import io.tillstream.routing.route.Decision;
import io.tillstream.routing.route.DecisionCodec;
import io.tillstream.routing.route.Mode;
import io.tillstream.routing.route.RouteState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ingestion on a real runtime: exchanges, barriers, a crash. */
class IngestionClusterTest {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final long COUNT = 60_000;
  private static final long T0 = 1_700_000_000_000L / 60_000 * 60_000;

  private static final AtomicBoolean CHECKPOINTED = new AtomicBoolean();
  private static final AtomicBoolean CRASHED = new AtomicBoolean();
  private static final AtomicLong AFTER_CRASH = new AtomicLong();

  /** Crashes once, at the first event after the first checkpoint. */
  private static final class CrashOnce extends RichMapFunction<Routed, Routed>
      implements CheckpointListener {
    private static final long serialVersionUID = 1L;

    @Override
    public Routed map(Routed event) {
      if (event instanceof ShopEvent && CHECKPOINTED.get()) {
        if (CRASHED.compareAndSet(false, true)) {
          throw new IllegalStateException("a crash, as the test wants it");
        }
        AFTER_CRASH.incrementAndGet();
      }
      return event;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      CHECKPOINTED.set(true);
    }
  }

  // Every tenth repeats the one before, every hundredth is no JSON; what follows that repeats none.
  private static RawRecord record(long number) {
    String value;
    if (number % 100 == 50) {
      value = "garbage " + number;
    } else {
      long id = number % 10 == 1 ? number - 1 : number;
      // Both halves, read side by side, tell the same ten minutes.
      long time = T0 + id % (COUNT / 2) * 20;
      value =
          ("{\"event_id\":\"id-%d\",\"event_type\":\"view_item\",\"event_time\":%d,"
                  + "\"items\":[{\"item_id\":\"SKU1\"}]}")
              .formatted(id, time);
    }
    return new RawRecord(
        "shop-events",
        (int) (number / (COUNT / 2)),
        number,
        T0 + 3_600_000,
        null,
        value.getBytes(StandardCharsets.UTF_8),
        List.of());
  }

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void nothingIsLostOrCountedTwiceAcrossACrash() throws Exception {
    FakeEndOffsets.reset();
    FakeReports.reset();
    CHECKPOINTED.set(false);
    CRASHED.set(false);
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
    settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 1_000);
    settings.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    env.setParallelism(2);

    DataStream<Decision> decisions =
        env.fromSource(new NumberSequenceSource(1, 1), WatermarkStrategy.noWatermarks(), "control")
            .uid("control")
            .map(
                epoch ->
                    new Decision(
                        true,
                        new RouteState("enrichment", Mode.FALLBACK, false, epoch),
                        "",
                        "",
                        0,
                        null))
            .returns(CodecTypeInfo.of(Decision.class, DecisionCodec.class))
            .uid("decisions");
    IngestionStreams streams =
        Ingestion.define(
            env,
            new NumbersAsRecords(
                COUNT, IngestionClusterTest::record, COUNT / 4, IngestionClusterTest::checkpointed),
            decisions,
            IngestionOptions.DEFAULT,
            new Ingestion.Ports(
                ContractParser.FACTORY, FakeEndOffsets.FACTORY, FakeReports.FACTORY));
    streams
        .enriched()
        .union(streams.bypass())
        .map(new CrashOnce())
        .returns(CodecTypeInfo.of(Routed.class, RoutedCodec.class))
        .uid("crash")
        .sinkTo(new DiscardingSink<>())
        .uid("discard");
    discard(streams.carts(), "carts");
    discard(streams.late(), "late");
    discard(streams.deadLetters(), "dead-letters");
    env.execute();

    assertThat(CRASHED).isTrue();
    assertThat(AFTER_CRASH.get()).isPositive();
    Map<String, Long> counts = completed();
    assertThat(counts)
        .containsEntry("in", COUNT)
        .containsEntry("dead_lettered", COUNT / 100)
        .containsEntry("duplicate", COUNT / 10 - COUNT / 100)
        .containsEntry("late", 0L)
        .containsEntry("accepted", COUNT - COUNT / 10);
  }

  // Not a reference to the flag itself: that would be serialised, and its copy never changes.
  private static boolean checkpointed() {
    return CHECKPOINTED.get();
  }

  private static void discard(DataStream<?> stream, String uid) {
    stream.sinkTo(new DiscardingSink<>()).uid(uid);
  }

  // Of each subtask the last word: between its end and the job's it goes on reporting.
  private static Map<String, Long> completed() {
    Map<String, AgentReport> last = new HashMap<>();
    for (AgentReport report : FakeReports.sent()) {
      if (report.state() == AgentState.COMPLETED) {
        last.put(report.part() + "/" + report.subtask(), report);
      }
    }
    Map<String, Long> counts = new HashMap<>();
    last.values()
        .forEach(
            report ->
                report.counts().forEach((name, count) -> counts.merge(name, count, Long::sum)));
    return counts;
  }
}
