package io.tillstream.operators.aggregation.sums;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.aggregation.AggregationOptions;
import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.Dimension;
import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.OwedClock;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.routing.event.EventType;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class SumsOperatorTest {
  private static final long MINUTE = 60_000;
  private static final long W = 1_799_999_940_000L;
  private static final long NOW = 1_800_000_000_000L;
  private static final AggregationOptions OPTIONS = AggregationOptions.defaults();

  private final Topic topic = new Topic();

  private Attempt start(OperatorSubtaskState... restored) throws Exception {
    return new Attempt(topic, OPTIONS, SumsPorts.of(1_000), 1, 0, NOW, restored);
  }

  @Test
  void publishesAChangedRowSoonWithItsAbsoluteValue() throws Exception {
    try (Attempt attempt = start()) {
      attempt.send(views("a", W, 2, NOW - 70)).pass(50);
      attempt.send(views("a", W, 1, NOW - 10)).pass(50);

      assertThat(topic.all()).extracting(row -> row.figures().views()).containsExactly(2L, 3L);
      assertThat(topic.all()).extracting(MetricRow::version).containsExactly(1_001L, 1_002L);
      assertThat(topic.all())
          .extracting(MetricRow::oldestNewRecordAt)
          .containsExactly(NOW - 70, NOW - 10);
      assertThat(topic.all()).extracting(MetricRow::isFinal).containsExactly(false, false);
    }
  }

  @Test
  void closesCorrectsAndForgets() throws Exception {
    try (Attempt attempt = start()) {
      attempt.send(views("a", W, 2, NOW), nothingOwed()).pass(50);
      attempt.watermark(W + MINUTE - 2);
      assertThat(topic.all()).hasSize(1);
      attempt.watermark(W + MINUTE - 1);
      assertThat(topic.all()).extracting(MetricRow::isFinal).containsExactly(false, true);

      attempt.send(views("a", W, 1, NOW)).pass(50);
      assertThat(newest("product|a").figures().views()).isEqualTo(3);
      assertThat(newest("product|a").isFinal()).isTrue();

      attempt.checkpoint(1);
      attempt.watermark(W + 2 * MINUTE - 2);
      assertThat(attempt.rowsInState()).isEqualTo(1);
      attempt.watermark(W + 2 * MINUTE - 1);
      assertNothingLeft(attempt);
      assertThat(attempt.status().recreated()).isZero();
      assertThat(topic.versionsRise()).isTrue();
    }
  }

  @Test
  void keepsWhatIsOwedUntilItIsPaid() throws Exception {
    try (Attempt attempt = start()) {
      attempt.send(views("a", W, 2, NOW)).watermark(W + 10 * MINUTE);
      attempt.checkpoint(1);
      assertThat(attempt.status().rowsInHeap()).isZero();
      assertThat(attempt.rowsInState()).isEqualTo(1); // nobody was heard yet

      attempt.send(new OwedClock("k", 0, 2, Long.MAX_VALUE));
      attempt.send(new OwedClock("k", 1, 2, W)).watermark(W + 11 * MINUTE);
      assertThat(attempt.rowsInState()).isEqualTo(1);

      attempt.send(views("a", W, 1, Long.MAX_VALUE)).pass(50);
      assertThat(newest("product|a").figures().views()).isEqualTo(3);
      assertThat(newest("product|a").isFinal()).isTrue();
      assertThat(newest("product|a").oldestNewRecordAt()).isEqualTo(MetricRow.NO_NEW_RECORD);

      attempt.send(new OwedClock("k", 1, 2, W + MINUTE));
      assertNothingLeft(attempt);
    }
  }

  @Test
  void restoresWhatItPublished() throws Exception {
    OperatorSubtaskState state;
    try (Attempt attempt = start()) {
      attempt.send(views("a", W, 2, NOW), views("b", W, 5, NOW));
      state = attempt.checkpoint(1); // no timer has fired: stop with savepoint is like this
      assertThat(topic.all()).hasSize(2);
    }
    try (Attempt attempt = start(state)) {
      attempt.send(views("a", W, 1, NOW)).watermark(W + MINUTE);
      assertThat(newest("product|a").figures().views()).isEqualTo(3);
      assertThat(newest("product|b").figures().views()).isEqualTo(5);
      assertThat(newest("product|b").isFinal()).isTrue();
      assertThat(attempt.status().ledger().aggregated()).isEqualTo(8);
      assertThat(topic.versionsRise()).isTrue();
    }
  }

  @Test
  void goesOnAfterItWasDrained() throws Exception {
    OperatorSubtaskState state;
    try (Attempt attempt = start()) {
      attempt.send(views("a", W, 2, NOW)).watermark(Long.MAX_VALUE);
      attempt.harness.endInput();
      state = attempt.checkpoint(1);
    }
    try (Attempt attempt = start(state)) {
      attempt.send(views("b", W + MINUTE, 1, NOW)).pass(50);
      assertThat(newest("product|a").isFinal()).isTrue();
      assertThat(newest("product|b").isFinal()).isFalse();
      attempt.watermark(W + 2 * MINUTE);
      assertThat(newest("product|a").isFinal()).isTrue();
      assertThat(newest("product|b").isFinal()).isTrue();
      assertThat(topic.size()).isEqualTo(3);
    }
  }

  @Test
  void manyRowsArePublishedTogetherEveryQuarterOfASecond() throws Exception {
    try (Attempt attempt = start()) {
      attempt.send(views("first", W, 1, NOW)).pass(50);
      for (int i = 0; i < 1_500; i++) {
        attempt.send(views("item" + i, W, 1, NOW));
      }
      attempt.pass(200);
      assertThat(topic.size()).isEqualTo(1);
      attempt.pass(50);
      assertThat(topic.size()).isEqualTo(1_501);
    }
  }

  @Test
  void moreRowsThanTheHeapTakesWaitInState() throws Exception {
    AggregationOptions few =
        new AggregationOptions(
            OPTIONS.window(),
            OPTIONS.lateness(),
            OPTIONS.aggregator(),
            OPTIONS.preSumEntries(),
            OPTIONS.preSumInterval(),
            OPTIONS.publishInterval(),
            100,
            OPTIONS.zombieHorizon());
    try (Attempt attempt = new Attempt(topic, few, SumsPorts.of(0), 1, 0, NOW)) {
      attempt.send(nothingOwed());
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 1_000; i++) {
          attempt.send(views("item" + i, W + i % 3 * MINUTE, 1, NOW));
          assertThat(attempt.status().rowsInHeap()).isLessThanOrEqualTo(101);
        }
      }
      attempt.watermark(W + 3 * MINUTE);
      assertThat(topic.seen()).hasSize(1_000);
      assertThat(topic.seen().values())
          .allMatch(row -> row.figures().views() == 3 && row.isFinal());
      attempt.watermark(W + 10 * MINUTE);
      assertNothingLeft(attempt);
    }
  }

  @Test
  void aCorrectionAfterAWindowIsForgottenIsSeen() throws Exception {
    try (Attempt attempt = start()) {
      attempt.send(views("a", W, 2, NOW), nothingOwed()).watermark(W + 10 * MINUTE);
      attempt.send(views("a", W, 1, NOW)).pass(50);
      assertThat(attempt.status().recreated()).isEqualTo(1);
      assertThat(newest("product|a").isFinal()).isTrue();
    }
  }

  private MetricRow newest(String text) {
    List<MetricRow> rows =
        topic.seen().values().stream().filter(row -> row.row().text().equals(text)).toList();
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static void assertNothingLeft(Attempt attempt) {
    assertThat(attempt.status().rowsInHeap()).isZero();
    assertThat(attempt.status().windows()).isZero();
    assertThat(attempt.rowsInState()).isZero();
    assertThat(attempt.harness.numEventTimeTimers()).isZero();
  }

  static OwedClock nothingOwed() {
    return new OwedClock("k", 0, 1, Long.MAX_VALUE);
  }

  static Delta views(String item, long window, int views, long recordTime) {
    Figures figures = new Figures();
    for (int i = 0; i < views; i++) {
      figures.count(EventType.VIEW_ITEM, null, null);
    }
    return new Delta(
        new RowKey(Dimension.PRODUCT, item),
        window,
        figures,
        "c",
        true,
        null,
        views,
        recordTime,
        null);
  }
}
