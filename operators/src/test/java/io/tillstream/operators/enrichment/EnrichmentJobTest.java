package io.tillstream.operators.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.aggregation.Aggregation;
import io.tillstream.operators.aggregation.AggregationOptions;
import io.tillstream.operators.enrichment.lookup.FakeLookups;
import io.tillstream.operators.enrichment.lookup.LookupOptions;
import io.tillstream.operators.enrichment.repair.RepairOptions;
import io.tillstream.operators.figures.Contribution;
import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.FiguresCodec;
import io.tillstream.operators.figures.RoutedCodec;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.routing.event.EventLine;
import io.tillstream.routing.event.EventType;
import io.tillstream.routing.event.Routed;
import io.tillstream.routing.event.ShopEvent;
import io.tillstream.routing.retry.CircuitBreaker;
import io.tillstream.routing.retry.RetryPolicy;
import io.tillstream.routing.route.Decision;
import io.tillstream.routing.route.DecisionCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent on a real cluster: look up, count, owe, pay, through an outage and two restarts. What
 * is looked up is counted by the primary, what is bypassed by the backup; each must be right alone.
 */
@Timeout(180)
class EnrichmentJobTest {
  private static final long EVENTS = 40_000;
  private static final long WINDOW = 1_000;
  private static final String PRIMARY = "primary: ";
  private static final String BACKUP = "backup: ";

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final Map<String, Figures> RESULT = new ConcurrentHashMap<>();
  private static final AtomicLong SEEN = new AtomicLong();
  private static final AtomicLong CHECKPOINTS = new AtomicLong();
  private static final AtomicBoolean CRASH = new AtomicBoolean();
  private static final AtomicBoolean SLOW = new AtomicBoolean();

  @TempDir Path folder;

  private final FakeLookups.World world = new FakeLookups.World();

  private static ShopEvent event(long number) {
    String item = "p" + number % 97;
    String user = number % 10 == 0 ? null : "u" + number % 1_009;
    return switch ((int) (number % 7)) {
      case 0 -> Events.purchase(number, user, item, "p" + number % 13);
      case 1 -> Events.of(number, EventType.REFUND, user, item);
      case 2 -> Events.of(number, EventType.ADD_TO_CART, null, item);
      default -> Events.view(number, item);
    };
  }

  /** Makes events; slow while told to, so that a test can interfere; fails once. */
  private static final class Shop implements MapFunction<Long, Routed>, CheckpointListener {
    private static final long serialVersionUID = 1L;

    @Override
    public Routed map(Long number) {
      SEEN.incrementAndGet();
      boolean starting = CHECKPOINTS.get() == 0;
      if (CRASH.get() || (SLOW.get() && (starting || number % 20 == 0))) {
        LockSupport.parkNanos(1_000_000);
      }
      if (CHECKPOINTS.get() > 2 && CRASH.compareAndSet(true, false)) {
        throw new IllegalStateException("a crash that the test asked for");
      }
      return event(number);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      CHECKPOINTS.incrementAndGet();
    }
  }

  /** Sums up what comes and tells the final sums only. */
  private static final class FinalSums extends KeyedProcessFunction<String, Contribution, String> {
    private static final long serialVersionUID = 1L;
    private final String aggregator;
    private transient ValueState<Figures> sums;

    FinalSums(String aggregator) {
      this.aggregator = aggregator;
    }

    @Override
    public void open(org.apache.flink.api.common.functions.OpenContext context) {
      sums =
          getRuntimeContext()
              .getState(
                  new ValueStateDescriptor<>("sums", new CodecSerializer<>(FiguresCodec.class)));
    }

    @Override
    public void processElement(Contribution value, Context context, Collector<String> out)
        throws Exception {
      if (value instanceof Delta delta) {
        Figures sum = new Figures();
        if (sums.value() != null) {
          sum.add(sums.value(), 1);
        }
        sum.add(delta.figures(), 1);
        sums.update(sum);
        if (context.timerService().currentWatermark() == Long.MAX_VALUE) {
          RESULT.put(aggregator + context.getCurrentKey(), sum);
        }
        context.timerService().registerEventTimeTimer(Long.MAX_VALUE - 1);
      }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<String> out) throws Exception {
      RESULT.put(aggregator + context.getCurrentKey(), sums.value());
    }
  }

  private JobClient submit(int parallelism, String savepoint) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri() + "checkpoints");
    configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(PipelineOptions.MAX_PARALLELISM, 128);
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(parallelism);

    TypeInformation<Routed> eventType = CodecTypeInfo.of(Routed.class, RoutedCodec.class);
    DataStream<Routed> events =
        env.fromSource(
                new NumberSequenceSource(1, EVENTS), WatermarkStrategy.noWatermarks(), "numbers")
            .uid("numbers")
            .map(new Shop())
            .returns(eventType)
            .uid("shop")
            .setParallelism(1);
    DataStream<Decision> decisions =
        env.fromSource(new NumberSequenceSource(1, 1), WatermarkStrategy.noWatermarks(), "none")
            .uid("none")
            .setParallelism(1)
            .flatMap((Long number, Collector<Decision> out) -> {})
            .returns(CodecTypeInfo.of(Decision.class, DecisionCodec.class))
            .uid("decisions")
            .setParallelism(1);

    AggregationOptions aggregation =
        AggregationOptions.defaults().withWindow(Duration.ofMillis(WINDOW), Duration.ofDays(1));
    var enriched =
        Aggregation.preSum(
            Enrichment.lookUp(
                events.filter(event -> !isBypassed(event)).uid("enriched"), options(), world, null),
            Aggregation.PRESUM_ENRICHED,
            aggregation,
            null);
    var bypassed =
        Aggregation.preSum(
            Enrichment.bypass(events.filter(EnrichmentJobTest::isBypassed).uid("bypassed")),
            Aggregation.PRESUM_BYPASS,
            aggregation.withAggregator("backup"),
            null);
    Enrichment.Repairs repairs =
        Enrichment.repair(
            enriched.owed().union(bypassed.owed()), decisions, options(), world, null);
    sum(enriched.contributions().union(repairs.primary()), PRIMARY);
    sum(bypassed.contributions().union(repairs.backup()), BACKUP);
    return env.executeAsync();
  }

  private static void sum(DataStream<Contribution> contributions, String aggregator) {
    contributions
        .keyBy(
            contribution ->
                contribution instanceof Delta delta
                    ? delta.target() + "@" + delta.windowStart()
                    : contribution.target(),
            Types.STRING)
        .process(new FinalSums(aggregator))
        .returns(Types.STRING)
        .uid(aggregator + "sums")
        .sinkTo(new DiscardingSink<>())
        .uid(aggregator + "end");
  }

  private static boolean isBypassed(Routed event) {
    return ((ShopEvent) event).id().low() % 3 == 0;
  }

  private static EnrichmentOptions options() {
    LookupOptions lookup =
        LookupOptions.standard()
            .withBounds(Duration.ofMillis(200), Duration.ofMillis(500))
            .withCache(Duration.ofMillis(300), Duration.ofMillis(100), 50, 500)
            .withFailures(
                new RetryPolicy(3, Duration.ofMillis(2), 2, Duration.ofMillis(10), 0.5),
                new CircuitBreaker.Settings(5, Duration.ofMillis(20)),
                Duration.ofMillis(20));
    return EnrichmentOptions.defaults("redis://127.0.0.1")
        .withLookup(lookup)
        .withRepair(RepairOptions.standard().withWork(Duration.ofMillis(20), 50, 20, 100));
  }

  private Map<String, Figures> truth() {
    Map<String, Figures> rows = new HashMap<>();
    for (long number = 1; number <= EVENTS; number++) {
      ShopEvent event = event(number);
      String at = "@" + (event.eventTime() - event.eventTime() % WINDOW);
      String who = isBypassed(event) ? BACKUP : PRIMARY;
      for (EventLine line : event.lines()) {
        count(rows, who + "product|" + line.itemId() + at, event, line);
        count(rows, who + "category|" + category(line.itemId()) + at, event, line);
        if (event.type().isSale()) {
          count(rows, who + "segment|" + segment(event.userId()) + at, event, line);
        }
        count(rows, who + "shop|all" + at, event, line);
      }
      if (event.type() == EventType.PURCHASE) {
        rows.get(who + "shop|all" + at).addOrder();
      }
    }
    return rows;
  }

  private static void count(
      Map<String, Figures> rows, String row, ShopEvent event, EventLine line) {
    rows.computeIfAbsent(row, key -> new Figures()).count(event.type(), line, event.currency());
  }

  private static String category(String item) {
    int number = Integer.parseInt(item.substring(1));
    return number % 11 == 0 ? "unknown" : "c" + number % 5;
  }

  private static String segment(String user) {
    return user == null || user.endsWith("7") ? "unknown" : "s" + user.charAt(user.length() - 1);
  }

  private void fillCatalog() {
    for (int i = 0; i < 97; i++) {
      if (i % 11 != 0) {
        world.category("p" + i, category("p" + i));
      }
    }
    for (int i = 0; i < 1_009; i++) {
      if (i % 10 != 7) {
        world.segment("u" + i, segment("u" + i));
      }
    }
  }

  @Test
  void throughAnOutageASavepointAndACrashEveryLineIsCountedOnceAndPaid() throws Exception {
    fillCatalog();
    SEEN.set(0);
    CHECKPOINTS.set(0);
    RESULT.clear();
    SLOW.set(true);
    JobClient first = submit(2, null);
    // Buffers hold thousands: only a checkpoint tells that every task runs.
    await(() -> SEEN.get() > 5_000 && CHECKPOINTS.get() > 0);
    world.hangs = true; // from here on Redis is silent
    long mark = SEEN.get();
    await(() -> SEEN.get() > mark + 5_000);
    String savepoint =
        first
            .stopWithSavepoint(false, folder.toUri() + "savepoints", SavepointFormatType.CANONICAL)
            .get(60, TimeUnit.SECONDS);
    assertThat(SEEN).hasValueLessThan(EVENTS);
    assertThat(RESULT).isEmpty();

    world.hangs = false;
    world.failureRate = 0.3; // and now it answers, more or less
    SLOW.set(false);
    CHECKPOINTS.set(0);
    CRASH.set(true);
    JobClient second = submit(1, savepoint);
    await(() -> !CRASH.get());
    second.getJobExecutionResult().get(120, TimeUnit.SECONDS);

    Map<String, Figures> left = new HashMap<>(truth());
    RESULT.forEach(
        (row, figures) -> {
          Figures expected = left.remove(row);
          Figures difference = new Figures();
          difference.add(figures, 1);
          difference.add(expected == null ? new Figures() : expected, -1);
          assertThat(difference.isZero()).as("%s is %s, not %s", row, figures, expected).isTrue();
        });
    assertThat(left).isEmpty();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("time is up").isNegative();
      LockSupport.parkNanos(5_000_000);
    }
  }
}
