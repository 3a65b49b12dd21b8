package io.tillstream.operators.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentState;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenDegradedTest {
  private final OpenDegraded open = new OpenDegraded();

  private void hear(
      String agent, int subtask, int parallelism, long life, long sequence, long owed) {
    open.heard(
        new AgentReport(
            agent,
            "sums",
            subtask,
            parallelism,
            life,
            sequence,
            AgentState.RUNNING,
            0,
            0,
            null,
            0,
            0,
            Map.of("degraded_open", owed),
            Map.of()));
  }

  @Test
  void theNewestWordOfEverySubtaskCounts() {
    assertThat(open.total()).isZero();
    hear("aggregation", 0, 2, 7, 1, 10);
    hear("aggregation", 1, 2, 8, 1, 5);
    hear("backup-aggregation", 0, 1, 9, 1, 100);
    assertThat(open.total()).isEqualTo(115);
    hear("aggregation", 0, 2, 7, 3, 2);
    hear("aggregation", 0, 2, 7, 2, 50); // late
    assertThat(open.total()).isEqualTo(107);
  }

  @Test
  void aNewLifeReplacesAndASmallerJobForgets() {
    hear("aggregation", 0, 2, 7, 100, 10);
    hear("aggregation", 1, 2, 8, 100, 5);
    hear("aggregation", 0, 1, 11, 1, 12);
    assertThat(open.total()).isEqualTo(12);
  }
}
