package io.tillstream.operators.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.operators.aggregation.presum.Traffic;
import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.aggregation.sums.SumsPorts;
import io.tillstream.operators.figures.Enriched;
import io.tillstream.operators.figures.EnrichedCodec;
import io.tillstream.operators.figures.EnrichedEvent;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.routing.event.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

class AggregationTest {
  private static final long T0 = 1_799_999_940_000L;

  @Test
  void bothStepsInAJobWithoutGenericTypes() throws Exception {
    Traffic traffic = new Traffic(7);
    List<Enriched> events = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      events.add(traffic.next(T0, 180_000));
    }
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    try (StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration)) {
      env.setParallelism(2);
      env.setMaxParallelism(128);
      var source =
          env.fromData(events, CodecTypeInfo.of(Enriched.class, EnrichedCodec.class)).uid("source");
      AggregationOptions options = AggregationOptions.defaults();
      var sums = Aggregation.preSum(source, Aggregation.PRESUM_ENRICHED, options, null);
      Map<String, MetricRow> newest = new HashMap<>();
      try (CloseableIterator<MetricRow> rows =
          Aggregation.sums(sums.contributions(), options, SumsPorts.of(1)).executeAndCollect()) {
        rows.forEachRemaining(
            row -> newest.merge(row.row().text() + row.windowStart(), row, AggregationTest::newer));
      }
      assertThat(newest.values()).allMatch(MetricRow::isFinal);
      long orders =
          newest.values().stream()
              .filter(row -> row.row().equals(RowKey.SHOP))
              .mapToLong(row -> row.figures().orders())
              .sum();
      assertThat(orders)
          .isEqualTo(
              events.stream()
                  .map(EnrichedEvent.class::cast)
                  .filter(event -> event.event().type() == EventType.PURCHASE)
                  .count());
    }
  }

  private static MetricRow newer(MetricRow a, MetricRow b) {
    return a.version() > b.version() ? a : b;
  }

  @Test
  void optionsNameTheFieldAndTheBound() {
    AggregationOptions defaults = AggregationOptions.defaults();
    assertThatThrownBy(() -> defaults.withWindow(Duration.ZERO, Duration.ZERO))
        .hasMessage("window must be at least 1 ms, was PT0S");
    assertThatThrownBy(() -> defaults.withAggregator("a|b"))
        .hasMessage("aggregator must be 1..32 of a-z, 0-9 and -, was a|b");
    assertThat(defaults.agent()).isEqualTo("aggregation");
    assertThat(defaults.withAggregator("backup").agent()).isEqualTo("backup-aggregation");
  }
}
