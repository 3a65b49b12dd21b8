package io.tillstream.operators.aggregation.trending;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.aggregation.trending.TrendPanesTest.Event;
import io.tillstream.operators.figures.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class TrendOperatorTest {
  private static final int MAX_PARALLELISM = 128;
  private static final long START = 1_700_000_000L;

  private static final class Harness
      extends KeyedOneInputStreamOperatorTestHarness<String, TrendDelta, LocalTop> {

    Harness(int parallelism, int subtask) throws Exception {
      super(
          new TrendOperator(TrendingOptions.DEFAULT),
          TrendDelta::itemId,
          Types.STRING,
          MAX_PARALLELISM,
          parallelism,
          subtask);
      setStateBackend(new EmbeddedRocksDBStateBackend(true));
    }

    void view(String item, long second) throws Exception {
      processElement(
          new TrendDelta(item, new Trend(new long[] {second}, new int[] {1}, new long[] {2})), 0);
    }

    /** Everything before that second has come. */
    void reach(long second) throws Exception {
      processWatermark(second * 1000 - 1);
    }

    long storedKeys() {
      return ((TrendOperator) getOneInputOperator())
          .<String>getKeyedStateBackend()
          .getKeys("panes", VoidNamespace.INSTANCE)
          .count();
    }

    List<LocalTop> drain() {
      return TrendOperatorTest.<LocalTop>drain(this);
    }
  }

  private static <T> List<T> drain(OneInputStreamOperatorTestHarness<?, T> harness) {
    List<T> values = new ArrayList<>(harness.extractOutputValues());
    harness.getOutput().clear();
    return values;
  }

  @Test
  void tellsEverySecondAndAfterAJumpOnlyTheNewest() throws Exception {
    try (Harness harness = new Harness(4, 0)) {
      harness.open();
      harness.reach(START);
      harness.reach(START);
      harness.processWatermark(START * 1000 + 998);
      harness.processWatermark(START * 1000 + 2500);
      harness.reach(START + 7);
      harness.reach(START + 100);
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(harness.drain())
          .extracting(top -> top.windowEnd() - START)
          .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 100L);
    }
  }

  @Test
  void stateFollowsThePanesAndEndsEmpty() throws Exception {
    try (Harness harness = new Harness(1, 0)) {
      harness.open();
      for (int i = 0; i < 200; i++) {
        harness.view("item" + i, START + i);
      }
      harness.snapshot(1, 1);
      assertThat(harness.storedKeys()).isBetween(50L, 128L);
      harness.reach(START + 230);
      harness.snapshot(2, 2);
      assertThat(harness.storedKeys()).isBetween(1L, 30L);
      harness.reach(START + 10_000);
      harness.snapshot(3, 3);
      assertThat(harness.storedKeys()).isZero();
    }
  }

  @Test
  void survivesRestoresAtOtherParallelisms() throws Exception {
    Random random = new Random(5);
    List<Event> events = new ArrayList<>();
    List<OperatorSubtaskState> states = List.of();
    long end = START;
    for (int parallelism : new int[] {1, 3, 2, 4, 1}) {
      List<Harness> subtasks = restore(states, parallelism);
      TopMerge merge = new TopMerge(20, Long.MIN_VALUE);
      for (int round = 0; round < 30; round++) {
        for (int i = 0; i < 100; i++) {
          Event event = new Event("item" + random.nextInt(60), end + random.nextInt(10) - 5, 1, 2);
          events.add(event);
          int subtask =
              KeyGroupRangeAssignment.assignKeyToParallelOperator(
                  event.item(), MAX_PARALLELISM, parallelism);
          subtasks.get(subtask).view(event.item(), event.second());
        }
        end += 1;
        List<TrendCount> whole = null;
        for (Harness subtask : subtasks) {
          subtask.reach(end);
          for (LocalTop top : subtask.drain()) {
            assertThat(top.subtasks()).isEqualTo(parallelism);
            whole = merge.add(top).orElse(whole);
          }
        }
        assertThat(whole).isEqualTo(TrendPanesTest.naive(events, end, 20));
      }
      states = new ArrayList<>();
      for (Harness subtask : subtasks) {
        states.add(subtask.snapshot(1, 1));
        subtask.close();
      }
    }
  }

  private static List<Harness> restore(List<OperatorSubtaskState> states, int parallelism)
      throws Exception {
    List<Harness> subtasks = new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      Harness harness = new Harness(parallelism, i);
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

  @Test
  void theMergerRemembersTheListBeforeAcrossARestore() throws Exception {
    OperatorSubtaskState state;
    try (var merger = merger()) {
      merger.open();
      merger.processElement(top(START, "a", "b"));
      assertThat(drain(merger)).hasSize(1);
      state = merger.snapshot(1, 1);
    }
    try (var merger = merger()) {
      merger.setup();
      merger.initializeState(state);
      merger.open();
      merger.processElement(top(START, "b", "a"));
      assertThat(drain(merger)).isEmpty();
      merger.processElement(top(START + 1, "b", "c"));
      assertThat(drain(merger).get(0).items())
          .extracting(TrendingItem::previousRank)
          .containsExactly(2, null);
      merger.processElement(top(START + 2));
      merger.processElement(top(START + 3));
      assertThat(drain(merger)).extracting(TrendingList::windowEnd).containsExactly(START + 2);
    }
  }

  private static StreamRecord<LocalTop> top(long end, String... items) {
    List<TrendCount> counts = new ArrayList<>();
    for (String item : items) {
      counts.add(new TrendCount(item, 100 - counts.size(), 0));
    }
    return new StreamRecord<>(new LocalTop(end, 0, 1, counts));
  }

  private static OneInputStreamOperatorTestHarness<LocalTop, TrendingList> merger()
      throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        new TrendMerger(TrendingOptions.DEFAULT, NoTitles::new));
  }

  /** Knows nothing. */
  static final class NoTitles implements Titles {
    @Override
    public Title peek(String itemId) {
      return Title.NONE;
    }

    @Override
    public void close() {}
  }
}
