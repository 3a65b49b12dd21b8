package io.tillstream.operators.aggregation.carts;

import static io.tillstream.routing.event.EventType.ADD_TO_CART;
import static io.tillstream.routing.event.EventType.BEGIN_CHECKOUT;
import static io.tillstream.routing.event.EventType.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.aggregation.carts.NaiveCarts.Signal;
import io.tillstream.operators.aggregation.carts.NaiveCarts.Tally;
import io.tillstream.operators.figures.CartSignal;
import io.tillstream.operators.figures.Contribution;
import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.routing.event.EventType;
import io.tillstream.routing.event.Id128;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CartOperatorTest {
  private static final int MAX_PARALLELISM = 128;
  private static final CartRules RULES = new CartRules(1_800_000, 60_000, 60_000);
  private static final long START = 1_700_000_040_000L; // a whole minute

  private static final class Harness
      extends KeyedOneInputStreamOperatorTestHarness<String, CartSignal, Contribution> {

    Harness(CartRules rules, int heapCarts, int parallelism, int subtask) throws Exception {
      super(
          new CartOperator(rules, heapCarts),
          new SessionKey(),
          Types.STRING,
          MAX_PARALLELISM,
          parallelism,
          subtask);
      setStateBackend(new EmbeddedRocksDBStateBackend(true));
    }

    static Harness open(int heapCarts) throws Exception {
      Harness harness = new Harness(RULES, heapCarts, 1, 0);
      harness.open();
      return harness;
    }

    void signal(long session, EventType type, long time) throws Exception {
      processElement(new CartSignal(new Id128(session, ~session), type, time, time + 3), time);
    }

    OperatorSubtaskState checkpoint(long id) throws Exception {
      getOneInputOperator().prepareSnapshotPreBarrier(id);
      return snapshot(id, id);
    }

    long storedCarts() {
      return ((CartOperator) getOneInputOperator())
          .<String>getKeyedStateBackend()
          .getKeys("cart", VoidNamespace.INSTANCE)
          .count();
    }

    List<Delta> drain() {
      List<Delta> deltas = new ArrayList<>();
      for (Object each : getOutput()) {
        if (each instanceof StreamRecord<?> element) {
          deltas.add((Delta) element.getValue());
        }
      }
      getOutput().clear();
      return deltas;
    }
  }

  private static void tally(List<Delta> deltas, Tally tally) {
    for (Delta delta : deltas) {
      assertThat(delta.row()).isEqualTo(RowKey.SHOP);
      tally.changed(
          delta.windowStart(),
          (int) delta.figures().cartsOpened(),
          (int) delta.figures().cartsBought(),
          (int) delta.figures().cartsAbandoned());
    }
  }

  @Test
  void sumsSignalsBeforeTheyLeaveAndKeepsTheOldestRecordTime() throws Exception {
    try (Harness harness = Harness.open(10)) {
      harness.setProcessingTime(1_000);
      harness.signal(1, ADD_TO_CART, START + 5);
      harness.signal(2, ADD_TO_CART, START + 2);
      harness.signal(2, PURCHASE, START + 9);
      assertThat(harness.getOutput()).isEmpty();
      harness.setProcessingTime(1_100);
      List<Delta> deltas = harness.drain();
      assertThat(deltas).hasSize(1);
      assertThat(deltas.get(0).windowStart()).isEqualTo(START);
      assertThat(deltas.get(0).oldestRecordTime()).isEqualTo(START + 5);
      assertThat(deltas.get(0).figures().cartsOpened()).isEqualTo(2);
      assertThat(deltas.get(0).figures().cartsBought()).isEqualTo(1);
    }
  }

  @Test
  void whatTimeDecidesGoesBeforeTheWatermarkAndHoldsNoNewRecord() throws Exception {
    try (Harness harness = Harness.open(10)) {
      harness.signal(1, ADD_TO_CART, START);
      harness.processWatermark(START + 1_800_000 - 1);
      assertThat(harness.drain()).hasSize(1);
      harness.processWatermark(START + 1_800_000);
      var output = List.copyOf(harness.getOutput());
      assertThat(output).hasSize(2);
      Delta delta = (Delta) ((StreamRecord<?>) output.get(0)).getValue();
      assertThat(delta.windowStart()).isEqualTo(START + 1_800_000);
      assertThat(delta.figures().cartsAbandoned()).isEqualTo(1);
      assertThat(delta.oldestRecordTime()).isEqualTo(Long.MAX_VALUE);
      assertThat(output.get(1)).isEqualTo(new Watermark(START + 1_800_000));
    }
  }

  @Test
  void aVisitHasOneTimerHoweverManySignals() throws Exception {
    try (Harness harness = Harness.open(10)) {
      for (int i = 0; i < 100; i++) {
        harness.signal(1, BEGIN_CHECKOUT, START + i * 1_000L);
        harness.signal(1, ADD_TO_CART, START + i * 1_000L);
        harness.processWatermark(START + i * 1_000L - 5_000);
        assertThat(harness.numEventTimeTimers()).isEqualTo(1);
      }
    }
  }

  @Test
  void aWatermarkThatJumpsHoursEndsEverythingAndLeavesNothing() throws Exception {
    try (Harness harness = Harness.open(10)) {
      Tally tally = new Tally(RULES);
      for (int session = 0; session < 500; session++) {
        harness.signal(session, ADD_TO_CART, START + session * 7_000L);
      }
      harness.checkpoint(1);
      assertThat(harness.storedCarts()).isEqualTo(500);
      harness.processWatermark(START + 100L * 3_600_000);
      tally(harness.drain(), tally);
      int opened = 0;
      int abandoned = 0;
      for (List<Integer> counts : tally.counts().values()) {
        opened += counts.get(0);
        abandoned += counts.get(2);
      }
      assertThat(opened).isEqualTo(500);
      assertThat(abandoned).isEqualTo(500);
      assertThat(harness.storedCarts()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void afterARestoreNoWatermarkIsNeededToKnowWhatIsCounted() throws Exception {
    OperatorSubtaskState state;
    try (Harness harness = Harness.open(10)) {
      harness.signal(1, ADD_TO_CART, START);
      harness.processWatermark(START + 1_800_000);
      state = harness.checkpoint(1);
    }
    try (Harness harness = new Harness(RULES, 10, 1, 0)) {
      harness.setup();
      harness.initializeState(state);
      harness.open();
      // It was still in time: the abandonment that is counted has to be taken back.
      harness.signal(1, BEGIN_CHECKOUT, START + 1_799_999);
      harness.endInput();
      List<Delta> deltas = harness.drain();
      assertThat(deltas).hasSize(1);
      assertThat(deltas.get(0).figures().cartsAbandoned()).isEqualTo(-1);
      assertThat(deltas.get(0).windowStart()).isEqualTo(START + 1_800_000);
    }
  }

  /**
   * Many visits, few of them in the heap, disorder, checkpoints, and restores at 1 to 3 subtasks.
   */
  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void staysExactAcrossRestoresAtOtherParallelisms(long seed) throws Exception {
    Random random = new Random(seed);
    CartRules rules = new CartRules(40_000, 10_000, 10_000);
    Map<Long, List<Signal>> taken = new HashMap<>();
    Tally tally = new Tally(rules);
    long watermark = Long.MIN_VALUE;
    long newest = START;
    List<OperatorSubtaskState> states = List.of();
    for (int parallelism : new int[] {1, 3, 2, 1}) {
      List<Harness> subtasks = restore(rules, states, parallelism);
      for (int step = 0; step < 3_000; step++) {
        newest += random.nextInt(100);
        long time = newest - random.nextInt(15_000);
        if (time >= rules.horizon(watermark)) {
          long session = newest / 60_000 * 50 + random.nextInt(50);
          EventType type = random.nextInt(4) == 0 ? PURCHASE : ADD_TO_CART;
          taken.computeIfAbsent(session, s -> new ArrayList<>()).add(new Signal(time, type));
          subtasks.get(subtaskOf(session, parallelism)).signal(session, type, time);
        }
        if (random.nextInt(50) == 0) {
          watermark = Math.max(watermark, newest - 5_000);
          for (Harness subtask : subtasks) {
            subtask.processWatermark(watermark);
          }
        }
        if (random.nextInt(500) == 0) {
          for (Harness subtask : subtasks) {
            subtask.checkpoint(step);
          }
        }
      }
      states = new ArrayList<>();
      for (Harness subtask : subtasks) {
        states.add(subtask.checkpoint(100_000));
        tally(subtask.drain(), tally);
        subtask.close();
      }
      assertThat(tally.counts()).isEqualTo(expected(taken, rules, watermark));
    }
    Harness last = restore(rules, states, 1).get(0);
    last.processWatermark(newest + 200_000);
    tally(last.drain(), tally);
    assertThat(tally.counts()).isEqualTo(expected(taken, rules, newest + 200_000));
    assertThat(last.storedCarts()).isZero();
    assertThat(last.numEventTimeTimers()).isZero();
    last.close();
  }

  private static int subtaskOf(long session, int parallelism) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        SessionKey.of(new Id128(session, ~session)), MAX_PARALLELISM, parallelism);
  }

  private static List<Harness> restore(
      CartRules rules, List<OperatorSubtaskState> states, int parallelism) throws Exception {
    List<Harness> subtasks = new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      Harness harness = new Harness(rules, 20, parallelism, i);
      harness.setup();
      if (!states.isEmpty()) {
        OperatorSubtaskState all =
            AbstractStreamOperatorTestHarness.repackageState(
                states.toArray(new OperatorSubtaskState[0]));
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                all, MAX_PARALLELISM, states.size(), parallelism, i));
      }
      harness.open();
      subtasks.add(harness);
    }
    return subtasks;
  }

  private static Map<Long, List<Integer>> expected(
      Map<Long, List<Signal>> taken, CartRules rules, long watermark) {
    Map<Long, List<Integer>> sum = new TreeMap<>();
    for (List<Signal> signals : taken.values()) {
      NaiveCarts.outcomes(signals, rules, watermark)
          .forEach(
              (window, counts) ->
                  sum.merge(
                      window,
                      counts,
                      (a, b) ->
                          List.of(a.get(0) + b.get(0), a.get(1) + b.get(1), a.get(2) + b.get(2))));
    }
    return sum;
  }
}
