package io.tillstream.operators.aggregation.sums;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.aggregation.AggregationOptions;
import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.ReportChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final List<AgentReport> SENT = new ArrayList<>();

  /** Keeps what is sent. */
  private static final class Kept implements ReportChannel {
    @Override
    public void send(AgentReport report) {
      synchronized (SENT) {
        SENT.add(report);
      }
    }

    @Override
    public void close() {}
  }

  @Test
  void theSumsReportTheirLedger() throws Exception {
    SumsPorts ports = SumsPorts.of(1).withReports(Kept::new);
    try (Attempt attempt =
        new Attempt(new Topic(), AggregationOptions.defaults(), ports, 1, 0, 0)) {
      attempt.send(SumsOperatorTest.views("a", 60_000, 3, 5)).pass(50);
      attempt.harness.getOperator().notifyCheckpointComplete(1);
      attempt.pass(20);
      attempt.harness.endInput();
    }
    AgentReport report;
    synchronized (SENT) {
      report = SENT.get(SENT.size() - 1);
    }
    assertThat(report.agent()).isEqualTo("aggregation");
    assertThat(report.part()).isEqualTo("sums");
    assertThat(report.state()).isEqualTo(AgentState.COMPLETED);
    assertThat(report.counts()).containsEntry("aggregated", 3L).containsEntry("degraded_open", 0L);
    assertThat(report.indicators())
        .containsEntry("rows_in_heap", 1.0)
        .containsEntry("windows_open", 1.0)
        .containsEntry("dirty_rows", 0.0)
        .containsEntry("recreated_rows", 0.0)
        .containsEntry("checkpoint_age_ms", 20.0)
        .doesNotContainKey("watermark");
  }
}
