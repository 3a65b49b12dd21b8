package io.tillstream.operators.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.operators.figures.CartSignal;
import io.tillstream.operators.figures.RouteNotice;
import io.tillstream.operators.ingestion.Ingested.ClockReading;
import io.tillstream.operators.ingestion.Ingested.EventReading;
import io.tillstream.operators.router.RouteTags;
import io.tillstream.operators.wire.Frontier;
import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.event.EventLine;
import io.tillstream.routing.event.EventType;
import io.tillstream.routing.event.Id128;
import io.tillstream.routing.event.Routed;
import io.tillstream.routing.event.ShopEvent;
import io.tillstream.routing.retry.RetryPolicy;
import io.tillstream.routing.route.Decision;
import io.tillstream.routing.route.Mode;
import io.tillstream.routing.route.RouteState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeduplicateAndRouteOperatorTest {
  private static final long MINUTE = 60_000;
  private static final long T0 = 1_700_000_000_000L / MINUTE * MINUTE;

  /** A subtask, or several of them behind one exchange. */
  private static final class Subtasks implements AutoCloseable {
    private final List<
            KeyedTwoInputStreamOperatorTestHarness<String, Ingested, Decision, ShopEvent>>
        harnesses = new ArrayList<>();

    Subtasks(int count, boolean rocks, int oldCount, OperatorSubtaskState... state)
        throws Exception {
      for (int i = 0; i < count; i++) {
        var harness =
            new KeyedTwoInputStreamOperatorTestHarness<String, Ingested, Decision, ShopEvent>(
                new DeduplicateAndRouteOperator(
                    IngestionOptions.DEFAULT, ContractParser.FACTORY, FakeReports.FACTORY),
                new Shards.ByShard(),
                null,
                Types.STRING,
                Shards.COUNT,
                count,
                i);
        harnesses.add(harness);
        harness.setStateBackend(
            rocks ? new EmbeddedRocksDBStateBackend(true) : new HashMapStateBackend());
        harness.setup();
        if (state.length > 0) {
          OperatorSubtaskState all =
              state.length == 1
                  ? state[0]
                  : AbstractStreamOperatorTestHarness.repackageState(state);
          harness.initializeState(
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  all, Shards.COUNT, oldCount, count, i));
        }
        harness.open();
      }
    }

    private KeyedTwoInputStreamOperatorTestHarness<String, Ingested, Decision, ShopEvent> of(
        int shard) {
      return harnesses.get(shard * harnesses.size() / Shards.COUNT);
    }

    void event(ShopEvent event, byte[] bytes) throws Exception {
      int shard = Shards.of(event.id());
      of(shard).processElement1(new StreamRecord<>(new EventReading(shard, event, bytes)));
    }

    void event(String id, long time) throws Exception {
      event(view(id, time), json(id));
    }

    void clock(int source, int sources, long reading) throws Exception {
      for (int shard = 0; shard < Shards.COUNT; shard++) {
        of(shard)
            .processElement1(new StreamRecord<>(new ClockReading(shard, source, sources, reading)));
      }
    }

    void decide(boolean primary, long epoch) throws Exception {
      for (var harness : harnesses) {
        harness.processElement2(new StreamRecord<>(decision(primary, epoch)));
      }
    }

    <T> List<T> taken(OutputTag<T> tag) {
      List<T> values = new ArrayList<>();
      for (var harness : harnesses) {
        Queue<StreamRecord<T>> records = harness.getSideOutput(tag);
        if (records != null) {
          records.forEach(record -> values.add(record.getValue()));
          records.clear();
        }
      }
      return values;
    }

    List<ShopEvent> events(OutputTag<Routed> tag) {
      return taken(tag).stream()
          .filter(ShopEvent.class::isInstance)
          .map(ShopEvent.class::cast)
          .toList();
    }

    int accepted() {
      return events(RouteTags.ENRICHED).size() + events(RouteTags.BYPASS).size();
    }

    List<Long> watermarks() {
      List<Long> times = new ArrayList<>();
      for (var harness : harnesses) {
        harness.getOutput().forEach(each -> times.add(((Watermark) each).getTimestamp()));
        harness.getOutput().clear();
      }
      return times;
    }

    private final Map<Object, AgentReport> lastWords = new HashMap<>();

    long count(String name) throws Exception {
      long sum = 0;
      for (var harness : harnesses) {
        sum += lastWord(harness).counts().get(name);
      }
      return sum;
    }

    AgentReport lastWord(AbstractStreamOperatorTestHarness<?> harness) throws Exception {
      AgentReport word = lastWords.get(harness);
      if (word == null) {
        word = FakeReports.lastWord(((DeduplicateAndRouteOperator) harness.getOperator()));
        lastWords.put(harness, word);
      }
      return word;
    }

    int chunks() throws Exception {
      int chunks = 0;
      for (var harness : harnesses) {
        var operator = (DeduplicateAndRouteOperator) harness.getOperator();
        for (int shard = 0; shard < Shards.COUNT; shard++) {
          if (of(shard) == harness) {
            operator.setCurrentKey(Shards.key(shard));
            var state =
                operator.getPartitionedState(
                    VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, DedupState.CHUNKS);
            for (Long unused : state.keys()) {
              chunks++;
            }
          }
        }
      }
      return chunks;
    }

    OperatorSubtaskState[] snapshot(long checkpoint) throws Exception {
      OperatorSubtaskState[] states = new OperatorSubtaskState[harnesses.size()];
      for (int i = 0; i < states.length; i++) {
        states[i] = harnesses.get(i).snapshot(checkpoint, checkpoint);
      }
      return states;
    }

    @Override
    public void close() throws Exception {
      for (var harness : harnesses) {
        harness.close();
      }
    }
  }

  private final List<Subtasks> open = new ArrayList<>();

  @BeforeEach
  void reset() {
    FakeReports.reset();
  }

  @AfterEach
  void close() throws Exception {
    for (Subtasks each : open) {
      each.close();
    }
  }

  private Subtasks start() throws Exception {
    return start(1, false, 1);
  }

  private Subtasks start(int count, boolean rocks, int oldCount, OperatorSubtaskState... state)
      throws Exception {
    Subtasks subtasks = new Subtasks(count, rocks, oldCount, state);
    open.add(subtasks);
    return subtasks;
  }

  private static ShopEvent view(String id, long time) {
    return new ShopEvent(
        Id128.of(id),
        EventType.VIEW_ITEM,
        time,
        time,
        null,
        null,
        null,
        List.of(new EventLine("SKU1", 1, 0, EventLine.NO_STOCK)),
        3,
        4_000_000);
  }

  private static byte[] json(String id) {
    return ("{\"event_id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  private static Decision decision(boolean primary, long epoch) {
    return new Decision(
        !primary,
        new RouteState("enrichment", Mode.AUTO, primary, epoch),
        "because",
        "me",
        0,
        null);
  }

  @Test
  void theOrderOfJudgement() throws Exception {
    Subtasks subtasks = start();
    subtasks.event("a", T0);
    subtasks.clock(0, 1, T0 + 2 * MINUTE - 1); // the window of T0 and the lateness are over
    assertThat(subtasks.accepted()).isEqualTo(1);
    subtasks.event("a", T0); // late too, but a duplicate before that
    subtasks.event("b", T0);
    subtasks.event("b", T0); // the late one has left its trace
    subtasks.event("c", T0 + MINUTE);
    assertThat(subtasks.accepted()).isEqualTo(1);
    List<LateEvent> late = subtasks.taken(DeduplicateAndRouteOperator.LATE);
    assertThat(late).hasSize(1);
    assertThat(late.get(0).eventId()).isEqualTo("b");
    assertThat(late.get(0).value()).isEqualTo(json("b"));
    assertThat(subtasks.count("duplicate")).isEqualTo(2);
    assertThat(subtasks.count("late")).isEqualTo(1);
    assertThat(subtasks.count("accepted")).isEqualTo(2);
  }

  @Test
  void aLateEventWithoutItsBytesIsAFault() throws Exception {
    Subtasks subtasks = start();
    subtasks.clock(0, 1, T0 + 2 * MINUTE - 1);
    assertThatThrownBy(() -> subtasks.event(view("a", T0), null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("without its bytes");
  }

  @Test
  void theWatermarkIsTheSmallestAndWaitsForAllSources() throws Exception {
    Subtasks subtasks = start();
    subtasks.clock(0, 2, 1_000);
    assertThat(subtasks.watermarks()).isEmpty();
    subtasks.clock(1, 2, PartitionClocks.HOLDING);
    assertThat(subtasks.watermarks()).isEmpty();
    subtasks.clock(1, 2, 500);
    assertThat(subtasks.watermarks()).containsExactly(500L);
    subtasks.clock(1, 2, 500);
    assertThat(subtasks.watermarks()).isEmpty();
    subtasks.clock(1, 2, 2_000);
    assertThat(subtasks.watermarks()).containsExactly(1_000L);
  }

  @Test
  void whenAllSitOutTheWatermarkStays() throws Exception {
    Subtasks subtasks = start();
    subtasks.clock(0, 2, 1_000);
    subtasks.clock(1, 2, 5_000);
    assertThat(subtasks.watermarks()).containsExactly(1_000L);
    subtasks.clock(1, 2, Frontier.SITTING_OUT);
    assertThat(subtasks.watermarks()).isEmpty();
    subtasks.clock(0, 2, Frontier.SITTING_OUT);
    assertThat(subtasks.watermarks()).isEmpty();
    // Back, behind where others were: it never goes back.
    subtasks.clock(0, 2, 900);
    assertThat(subtasks.watermarks()).isEmpty();
    subtasks.clock(0, 2, 1_100);
    assertThat(subtasks.watermarks()).containsExactly(1_100L);
  }

  @Test
  void aSourceThatSitsOutHoldsNobody() throws Exception {
    Subtasks subtasks = start();
    subtasks.clock(0, 2, 1_000);
    subtasks.clock(1, 2, Frontier.SITTING_OUT);
    assertThat(subtasks.watermarks()).containsExactly(1_000L);
  }

  @Test
  void whatTheControlInputSaysOfTimeDoesNotCount() throws Exception {
    Subtasks subtasks = start();
    var harness = subtasks.harnesses.get(0);
    harness.processWatermark2(Watermark.MAX_WATERMARK);
    harness.processWatermarkStatus2(WatermarkStatus.IDLE);
    harness.processWatermarkStatus1(WatermarkStatus.IDLE);
    assertThat(subtasks.watermarks()).isEmpty();
    // No control record ever came, and its watermark never moved: windows close all the same.
    subtasks.clock(0, 1, 1_000);
    assertThat(subtasks.watermarks()).containsExactly(1_000L);
    harness.processWatermark1(new Watermark(5_000));
    assertThat(subtasks.watermarks()).isEmpty();
    harness.processWatermark1(Watermark.MAX_WATERMARK);
    assertThat(subtasks.watermarks()).containsExactly(Long.MAX_VALUE);
    subtasks.clock(0, 1, 2_000);
    assertThat(subtasks.watermarks()).isEmpty();
  }

  @Test
  void theEndOfTimeIsNotKept() throws Exception {
    Subtasks subtasks = start();
    subtasks.clock(0, 1, T0);
    subtasks.harnesses.get(0).processWatermark1(Watermark.MAX_WATERMARK);
    Subtasks restored = start(1, false, 1, subtasks.snapshot(1));
    restored.clock(0, 1, T0);
    restored.event("a", T0);
    assertThat(restored.accepted()).isEqualTo(1);
    assertThat(restored.watermarks()).containsExactly(T0);
  }

  @Test
  void decisionsSwitchTheRouteByEpoch() throws Exception {
    Subtasks subtasks = start();
    subtasks.event("a", T0);
    assertThat(subtasks.events(RouteTags.ENRICHED)).hasSize(1);
    subtasks.decide(false, 2);
    subtasks.event("b", T0);
    assertThat(subtasks.events(RouteTags.BYPASS)).hasSize(1);
    subtasks.decide(true, 1); // older, came late
    subtasks.event("c", T0);
    assertThat(subtasks.events(RouteTags.BYPASS)).hasSize(1);
    subtasks.decide(true, 3);
    subtasks.event("d", T0);
    assertThat(subtasks.events(RouteTags.ENRICHED)).hasSize(1);
    assertThat(subtasks.events(RouteTags.BYPASS)).isEmpty();
  }

  private static RouteState probing(double share) {
    return new RouteState(
        "enrichment", Mode.AUTO, false, 5, "enrichment", "bypass", share, RetryPolicy.standard());
  }

  private static Decision decision(RouteState state) {
    return new Decision(true, state, "because", "me", 0, null);
  }

  @Test
  void aShareOfTheEventsProbesThePrimaryByTheirIds() throws Exception {
    Subtasks subtasks = start();
    RouteState state = probing(0.25);
    subtasks.harnesses.get(0).processElement2(new StreamRecord<>(decision(state)));
    for (int i = 0; i < 1_000; i++) {
      subtasks.event("e" + i, T0);
    }
    List<ShopEvent> probes = subtasks.events(RouteTags.ENRICHED);
    assertThat(probes)
        .hasSizeBetween(200, 300)
        .allMatch(event -> state.agentFor(event.id()).equals("enrichment"));
    assertThat(subtasks.events(RouteTags.BYPASS)).hasSize(1_000 - probes.size());
  }

  @Test
  void theNamesOfAgentsAreData() throws Exception {
    Subtasks subtasks = start();
    RouteState turned =
        new RouteState(
            "enrichment", Mode.AUTO, true, 1, "bypass", "enrichment", 0, RetryPolicy.standard());
    subtasks.harnesses.get(0).processElement2(new StreamRecord<>(decision(turned)));
    subtasks.event("a", T0);
    assertThat(subtasks.events(RouteTags.BYPASS)).hasSize(1);
  }

  @Test
  void noticesGoDownEveryRouteBeforeTheFirstEventUnderThem() throws Exception {
    Subtasks subtasks = start();
    subtasks.event("a", T0);
    RouteState state = decision(false, 2).state();
    subtasks.decide(false, 2);
    subtasks.decide(true, 1); // older: it is not told
    subtasks.event("b", T0);
    assertThat(subtasks.taken(RouteTags.ENRICHED))
        .containsExactly(view("a", T0), new RouteNotice(state));
    assertThat(subtasks.taken(RouteTags.BYPASS))
        .containsExactly(new RouteNotice(state), view("b", T0));
  }

  @Test
  void afterARestoreAllThatIsKnownIsToldBeforeAnythingElse() throws Exception {
    Subtasks subtasks = start();
    RouteState enrichment = decision(false, 2).state();
    RouteState aggregation = new RouteState("aggregation", Mode.FALLBACK, false, 3);
    subtasks.decide(false, 2);
    subtasks.harnesses.get(0).processElement2(new StreamRecord<>(decision(aggregation)));
    Subtasks restored = start(2, false, 1, subtasks.snapshot(1));
    assertThat(restored.taken(RouteTags.BYPASS)).isEmpty(); // not while it opens
    restored.clock(0, 1, PartitionClocks.HOLDING);
    restored.event("a", T0);
    for (var tag : List.of(RouteTags.ENRICHED, RouteTags.BYPASS)) {
      List<Routed> told = new ArrayList<>(restored.taken(tag));
      told.remove(view("a", T0));
      assertThat(told)
          .hasSize(4)
          .containsOnly(new RouteNotice(enrichment), new RouteNotice(aggregation));
    }
  }

  @Test
  void theRouteSurvivesARestore() throws Exception {
    Subtasks subtasks = start(2, false, 2);
    // One subtask has heard the decision when the barrier passes, the other has not.
    subtasks.harnesses.get(0).processElement2(new StreamRecord<>(decision(false, 7)));
    Subtasks restored = start(4, false, 2, subtasks.snapshot(1));
    for (int i = 0; i < 50; i++) {
      restored.event("e" + i, T0);
    }
    assertThat(restored.events(RouteTags.BYPASS)).hasSize(50);
    restored.decide(true, 6);
    restored.event("f", T0);
    assertThat(restored.events(RouteTags.BYPASS)).hasSize(1);
    restored.harnesses.get(3).close();
    assertThat(FakeReports.sent()).allSatisfy(report -> assertThat(report.epoch()).isIn(0L, 7L));
  }

  @Test
  void acceptedEventsOfAVisitAreCartSignals() throws Exception {
    Subtasks subtasks = start();
    Id128 session = Id128.of("s");
    ShopEvent event =
        new ShopEvent(
            Id128.of("a"),
            EventType.ADD_TO_CART,
            T0,
            T0 + 1,
            null,
            session,
            null,
            List.of(new EventLine("SKU1", 1, 0, EventLine.NO_STOCK)),
            3,
            4_000_000);
    subtasks.event(event, null);
    subtasks.event(event, null);
    subtasks.event("b", T0);
    assertThat(subtasks.taken(DeduplicateAndRouteOperator.CARTS))
        .containsExactly(new CartSignal(session, EventType.ADD_TO_CART, T0, T0 + 1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theMemorySurvivesRestoresAndRescales(boolean rocks) throws Exception {
    Subtasks two = start(2, rocks, 2);
    for (int i = 0; i < 2_000; i++) {
      two.event("a" + i, T0 + i * 30L);
    }
    two.clock(0, 1, T0);
    OperatorSubtaskState[] first = two.snapshot(1);
    for (int i = 0; i < 1_000; i++) {
      two.event("lost" + i, T0); // after the barrier: the source will send them again
    }

    Subtasks one = start(1, rocks, 2, first);
    for (int i = 0; i < 1_000; i++) {
      one.event("lost" + i, T0);
    }
    assertThat(one.accepted()).isEqualTo(1_000);
    for (int i = 0; i < 2_000; i++) {
      one.event("a" + i, T0 + i * 30L);
    }
    assertThat(one.accepted()).isZero();
    for (int i = 0; i < 2_000; i++) {
      one.event("b" + i, T0 + MINUTE);
    }
    OperatorSubtaskState[] second = one.snapshot(2);

    Subtasks four = start(4, rocks, 1, second);
    four.taken(RouteTags.ENRICHED);
    for (int i = 0; i < 2_000; i++) {
      four.event("a" + i, T0 + i * 30L);
      four.event("b" + i, T0 + 2 * MINUTE);
      four.event("c" + i, T0);
    }
    assertThat(four.accepted()).isEqualTo(2_000);
    assertThat(four.count("duplicate")).isEqualTo(2_000 + 4_000);
    assertThat(four.count("accepted")).isEqualTo(2_000 + 1_000 + 2_000 + 2_000);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void stateIsDroppedByTheMinute(boolean rocks) throws Exception {
    Subtasks subtasks = start(1, rocks, 1);
    int chunks = 0;
    for (int minute = 0; minute < 30; minute++) {
      for (int i = 0; i < 500; i++) {
        subtasks.event("m" + minute + "-" + i, T0 + minute * MINUTE + i * 100L);
      }
      subtasks.clock(0, 1, T0 + minute * MINUTE + 45_000);
      subtasks.snapshot(minute + 1);
      chunks = Math.max(chunks, subtasks.chunks());
    }
    // Eight minutes are alive and each is one chunk, in nearly every shard.
    assertThat(chunks).isBetween(7 * Shards.COUNT, 9 * Shards.COUNT);
    subtasks.clock(0, 1, T0 + 60 * MINUTE);
    OperatorSubtaskState[] state = subtasks.snapshot(100);
    assertThat(subtasks.chunks()).isZero();
    Subtasks restored = start(1, rocks, 1, state);
    restored.event("later", T0 + 60 * MINUTE);
    assertThat(restored.accepted()).isEqualTo(1);
  }

  @Test
  void judgementIsNeverMoreLenientAfterARestore() throws Exception {
    Subtasks two = start(2, false, 2);
    // One subtask is ahead, because a source sat out for a moment as it saw the clocks.
    int ahead = 0;
    int behind = Shards.COUNT - 1;
    tell(two, ahead, T0 + 10 * MINUTE);
    tell(two, behind, T0);
    Subtasks one = start(1, false, 2, two.snapshot(1));
    one.clock(0, 1, PartitionClocks.HOLDING);
    assertThat(one.watermarks()).containsExactly(T0);
    // Shards that have forgotten by the later watermark still judge by it.
    int late = 0;
    int accepted = 0;
    for (int i = 0; i < 200; i++) {
      String id = "e" + i;
      one.event(id, T0 + MINUTE);
      if (Shards.of(Id128.of(id)) < Shards.COUNT / 2) {
        late++;
      } else {
        accepted++;
      }
    }
    assertThat(late).isPositive();
    assertThat(accepted).isPositive();
    assertThat(one.taken(DeduplicateAndRouteOperator.LATE)).hasSize(late);
    assertThat(one.accepted()).isEqualTo(accepted);
  }

  private static void tell(Subtasks subtasks, int shard, long reading) throws Exception {
    subtasks.of(shard).processElement1(new StreamRecord<>(new ClockReading(shard, 0, 1, reading)));
  }

  @Test
  void aRestoredSubtaskGoesOnWithItsWatermark() throws Exception {
    Subtasks subtasks = start();
    subtasks.clock(0, 1, T0 + 2 * MINUTE - 1);
    Subtasks restored = start(1, false, 1, subtasks.snapshot(1));
    restored.event("a", T0); // before any clock was heard
    assertThat(restored.taken(DeduplicateAndRouteOperator.LATE)).hasSize(1);
    restored.clock(0, 1, PartitionClocks.HOLDING);
    assertThat(restored.watermarks()).containsExactly(T0 + 2 * MINUTE - 1);
  }

  @Test
  void theMaximumParallelismIsChecked() {
    assertThatThrownBy(
            () -> {
              try (var harness =
                  new KeyedTwoInputStreamOperatorTestHarness<String, Ingested, Decision, ShopEvent>(
                      new DeduplicateAndRouteOperator(
                          IngestionOptions.DEFAULT, ContractParser.FACTORY, FakeReports.FACTORY),
                      new Shards.ByShard(),
                      null,
                      Types.STRING,
                      64,
                      1,
                      0)) {
                harness.open();
              }
            })
        .hasMessageContaining("the maximum parallelism must be 128, was 64");
  }

  @Test
  void itReportsItsMemory() throws Exception {
    Subtasks subtasks = start();
    subtasks.event("a", T0);
    subtasks.clock(0, 1, T0);
    assertThat(subtasks.count("accepted")).isEqualTo(1);
    AgentReport report = subtasks.lastWord(subtasks.harnesses.get(0));
    assertThat(report.agent()).isEqualTo("ingestion");
    assertThat(report.part()).isEqualTo("deduplicate");
    assertThat(report.indicators())
        .containsEntry("dedup_ids", 1.0)
        .containsEntry("watermark", (double) T0)
        .containsKey("dedup_bytes");
    assertThat(Arrays.asList(report.subtask(), report.parallelism())).containsExactly(0, 1);
  }
}
