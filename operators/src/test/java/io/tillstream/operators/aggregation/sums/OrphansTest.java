package io.tillstream.operators.aggregation.sums;

import static io.tillstream.operators.aggregation.sums.SumsOperatorTest.nothingOwed;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.aggregation.AggregationOptions;
import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.Dimension;
import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.routing.event.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** No crash leaves a reader with a row that is not true any more. */
class OrphansTest {
  private static final long MINUTE = 60_000;
  private static final long W = 1_799_999_940_000L;
  private static final long NOW = 1_800_000_000_000L;
  private static final AggregationOptions OPTIONS = AggregationOptions.defaults();
  private static final long HORIZON = OPTIONS.zombieHorizon().toMillis();

  private final Topic topic = new Topic();

  private Attempt start(long now, OperatorSubtaskState... restored) throws Exception {
    SumsPorts ports = SumsPorts.of(1_000).withPublished(() -> topic, Map.of(0, 0L, 1, 0L));
    return new Attempt(topic, OPTIONS, ports, 1, 0, now, restored);
  }

  @Test
  void aRowTheReplayNeverTouchesAgainIsTakenBack() throws Exception {
    OperatorSubtaskState state;
    try (Attempt attempt = start(NOW)) {
      attempt.send(category("shoes", W, 3)).pass(50);
      state = attempt.checkpoint(1);
      // On the bypass: the line stands under "unknown", then the process dies.
      attempt.send(category("unknown", W, 1)).pass(50);
      assertThat(views("unknown")).isEqualTo(1);
    }
    try (Attempt attempt = start(NOW, state)) {
      // The replay is enriched: it goes to "hats", nobody touches "unknown" again.
      attempt.send(category("hats", W, 1)).pass(50);
      assertThat(views("unknown")).isZero();
      assertThat(views("hats")).isEqualTo(1);
      assertThat(views("shoes")).isEqualTo(3);
      assertThat(topic.versionsRise()).isTrue();
    }
  }

  @Test
  void aRowThatGrewIsTakenBackToWhatTheCheckpointHolds() throws Exception {
    OperatorSubtaskState state;
    try (Attempt attempt = start(NOW)) {
      attempt.send(category("shoes", W, 3)).pass(50);
      state = attempt.checkpoint(1);
      attempt.send(category("shoes", W, 2)).pass(50);
      assertThat(views("shoes")).isEqualTo(5);
    }
    try (Attempt attempt = start(NOW, state)) {
      attempt.checkpoint(2); // before the barrier at the latest
      assertThat(views("shoes")).isEqualTo(3);
    }
  }

  @Test
  void aCrashBeforeTheFirstCheckpoint() throws Exception {
    try (Attempt attempt = start(NOW)) {
      attempt.send(category("unknown", W, 4), nothingOwed()).pass(50).watermark(W + MINUTE);
      assertThat(newest("unknown").isFinal()).isTrue();
    }
    try (Attempt attempt = start(NOW)) {
      attempt.send(category("hats", W, 4)).pass(50);
      assertThat(views("unknown")).isZero();
      assertThat(newest("unknown").isFinal()).isFalse(); // its window is open again
      attempt.watermark(W + MINUTE);
      assertThat(newest("unknown").isFinal()).isTrue();
      assertThat(newest("hats").isFinal()).isTrue();
      assertThat(topic.versionsRise()).isTrue();
    }
  }

  @Test
  void aRowOfAClosedWindowIsTakenBackAsFinalAndThenForgotten() throws Exception {
    OperatorSubtaskState state;
    try (Attempt attempt = start(NOW)) {
      attempt.send(category("shoes", W, 1), nothingOwed());
      attempt.watermark(W + MINUTE);
      state = attempt.checkpoint(1);
      attempt.send(category("late", W, 1)).pass(50);
    }
    try (Attempt attempt = start(NOW, state)) {
      attempt.send(nothingOwed()).pass(50);
      assertThat(views("late")).isZero();
      assertThat(newest("late").isFinal()).isTrue();
      attempt.watermark(W + 5 * MINUTE);
      assertThat(attempt.rowsInState()).isEqualTo(1); // a lost process may still write
      settle(attempt);
      assertThat(attempt.status().windows()).isZero();
      assertThat(attempt.rowsInState()).isZero();
    }
  }

  @Test
  void aForgottenRowIsNotTakenForALostOne() throws Exception {
    OperatorSubtaskState state;
    try (Attempt attempt = start(NOW)) {
      // The ends the topic tells are old: they lie before rows the checkpoint knows.
      attempt.send(category("shoes", W, 7), nothingOwed()).pass(50).watermark(W + 5 * MINUTE);
      assertThat(attempt.status().windows()).isZero();
      state = attempt.checkpoint(1);
    }
    int before = topic.size();
    try (Attempt attempt = start(NOW, state)) {
      attempt.pass(50);
      assertThat(topic.size()).isEqualTo(before);
      assertThat(views("shoes")).isEqualTo(7);
    }
  }

  @Test
  void whatALostProcessStillWritesIsTakenBack() throws Exception {
    OperatorSubtaskState state;
    try (Attempt zombie = start(NOW)) {
      zombie.send(category("shoes", W, 3), nothingOwed()).pass(50);
      state = zombie.checkpoint(1);
      try (Attempt attempt = start(NOW, state)) {
        attempt.send(category("shoes", W, 1), nothingOwed()).pass(50);
        // With many versions: higher ones than its successor has given.
        for (int i = 0; i < 20; i++) {
          zombie.send(category("shoes", W, 10), category("ghost", W, 1)).pass(50);
        }
        attempt.watermark(W + 5 * MINUTE);
        assertThat(views("ghost")).isEqualTo(20);
        assertThat(views("shoes")).isEqualTo(203);

        settle(attempt);
        assertThat(views("ghost")).isZero();
        assertThat(views("shoes")).isEqualTo(4);
        assertThat(newest("shoes").isFinal()).isTrue();
        assertThat(attempt.status().windows()).isZero();
      }
    }
  }

  @Test
  void theThirdAttemptSeesWhatTheSecondHadNotLookedAt() throws Exception {
    OperatorSubtaskState state;
    try (Attempt zombie = start(NOW)) {
      zombie.send(category("shoes", W, 3)).pass(50);
      state = zombie.checkpoint(1);
      try (Attempt second = start(NOW, state)) {
        zombie.send(category("ghost", W, 1)).pass(50);
        topic.poll(); // the topic's end moves on, the noted offset must not
        second.send(category("shoes", W, 1)).pass(50);
        state = second.checkpoint(2);
      }
    }
    try (Attempt third = start(NOW, state)) {
      third.pass(50);
      assertThat(views("ghost")).isZero();
      assertThat(views("shoes")).isEqualTo(4);
    }
  }

  @Test
  void aLookThatFailsIsTriedAgain() throws Exception {
    OperatorSubtaskState state;
    try (Attempt attempt = start(NOW)) {
      state = attempt.checkpoint(1);
    }
    try (Attempt attempt = start(NOW, state)) {
      topic.breakReads(true);
      int reads = topic.reads();
      await(attempt, 1, () -> topic.reads() > reads + 1);
      topic.breakReads(false);
      settle(attempt);
    }
  }

  @Test
  void afterTheHorizonTheNotedOffsetsFollowTheTopic() throws Exception {
    OperatorSubtaskState state;
    try (Attempt attempt = start(NOW)) {
      state = attempt.checkpoint(1);
    }
    try (Attempt attempt = start(NOW, state)) {
      attempt.send(category("shoes", W, 1)).pass(50);
      settle(attempt);
      topic.poll();
      state = attempt.checkpoint(2);
    }
    int[] read = new int[1];
    Topic counting = topic;
    SumsPorts ports =
        SumsPorts.of(1_000)
            .withPublished(
                () ->
                    new PublishedRows() {
                      @Override
                      public Map<Integer, Long> endOffsets() {
                        return counting.endOffsets();
                      }

                      @Override
                      public Map<Integer, Long> readSince(
                          Map<Integer, Long> from, Consumer<PublishedRow> each) {
                        return counting.readSince(from, row -> read[0]++);
                      }

                      @Override
                      public void close() {}
                    },
                Map.of());
    try (Attempt attempt = new Attempt(topic, OPTIONS, ports, 1, 0, NOW, state)) {
      assertThat(read[0]).isZero();
    }
  }

  // Lets every later look happen: they run in a thread of their own.
  private static void settle(Attempt attempt) throws Exception {
    int from = attempt.topic.reads();
    await(attempt, from, () -> attempt.topic.reads() >= from + 3);
    attempt.pass(50);
    await(attempt, from, () -> attempt.status().settled());
    attempt.pass(50);
  }

  private static void await(Attempt attempt, int from, BooleanSupplier condition) throws Exception {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("reads from %s", from).isBefore(deadline);
      attempt.pass(HORIZON / 10);
      Thread.onSpinWait();
    }
  }

  private long views(String category) {
    return newest(category).figures().views();
  }

  private MetricRow newest(String category) {
    List<MetricRow> rows =
        topic.seen().values().stream()
            .filter(row -> row.row().equals(new RowKey(Dimension.CATEGORY, category)))
            .toList();
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static Delta category(String category, long window, int views) {
    Figures figures = new Figures();
    for (int i = 0; i < views; i++) {
      figures.count(EventType.VIEW_ITEM, null, null);
    }
    return Delta.of(new RowKey(Dimension.CATEGORY, category), window, figures, NOW);
  }
}
