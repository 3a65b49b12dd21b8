package io.tillstream.operators.aggregation.sums;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.aggregation.AggregationOptions;
import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.figures.Delta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class RescaleTest {
  private static final long W = 1_799_999_940_000L;
  private static final long NOW = 1_800_000_000_000L;
  private static final int ITEMS = 50;

  private final Topic topic = new Topic();

  @Test
  void twoBecomeOneBecomeThree() throws Exception {
    List<OperatorSubtaskState> states = List.of();
    int round = 0;
    for (int parallelism : new int[] {2, 1, 3}) {
      states = run(parallelism, ++round, states);
    }
    Map<String, Long> seen = new HashMap<>();
    for (MetricRow row : topic.seen().values()) {
      seen.put(row.row().key(), row.figures().views());
    }
    assertThat(seen).hasSize(ITEMS).allSatisfy((item, views) -> assertThat(views).isEqualTo(6));
    assertThat(topic.versionsRise()).isTrue();
  }

  // Each round adds as many views to each item as its number says.
  private List<OperatorSubtaskState> run(
      int parallelism, int round, List<OperatorSubtaskState> from) throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    long aggregated = 0;
    for (int subtask = 0; subtask < parallelism; subtask++) {
      try (Attempt attempt =
          new Attempt(
              topic,
              AggregationOptions.defaults(),
              SumsPorts.of(1_000).withPublished(() -> topic, Map.of(0, 0L, 1, 0L)),
              parallelism,
              subtask,
              NOW,
              from.toArray(new OperatorSubtaskState[0]))) {
        for (int item = 0; item < ITEMS; item++) {
          Delta delta = SumsOperatorTest.views("item" + item, W, round, NOW);
          attempt.send(delta);
        }
        states.add(attempt.checkpoint(round));
        aggregated += attempt.status().ledger().aggregated();
      }
    }
    assertThat(aggregated).isEqualTo((long) ITEMS * round * (round + 1) / 2);
    return states;
  }
}
