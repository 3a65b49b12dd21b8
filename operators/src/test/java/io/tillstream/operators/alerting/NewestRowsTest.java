package io.tillstream.operators.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.aggregation.rows.MetricRowCodec;
import io.tillstream.operators.wire.CodecSerializer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class NewestRowsTest {
  private static final long HORIZON = 120_000;
  private static final long MINUTE = 60_000;

  @Test
  void rowsOfWindowsLongClosedStayOffTheExchange() throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<MetricRow, MetricRow>(new NewestRows(HORIZON))) {
      harness.setup(new CodecSerializer<>(MetricRowCodec.class));
      harness.open();
      see(harness, "before any time is known", Rows.W - 60 * MINUTE);
      harness.processWatermark(Rows.W + MINUTE + HORIZON - 1);
      see(harness, "just within", Rows.W);
      harness.processWatermark(Rows.W + MINUTE + HORIZON);
      see(harness, "just beyond", Rows.W);
      see(harness, "newer", Rows.W + MINUTE);
      harness.processWatermark(Long.MAX_VALUE);
      see(harness, "at the end of all time", Rows.W);
      assertThat(harness.extractOutputValues())
          .extracting(row -> row.row().key())
          .containsExactly(
              "before any time is known", "just within", "newer", "at the end of all time");
    }
  }

  private static void see(
      OneInputStreamOperatorTestHarness<MetricRow, MetricRow> harness, String item, long window)
      throws Exception {
    harness.processElement(new StreamRecord<>(Rows.stock(item, window, 1)));
  }
}
