package io.tillstream.operators.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.ReportChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.operators.StreamOperator;

/** Keeps reports. Static, because the operator that holds it is serialised. */
final class FakeReports implements ReportChannel {
  private static final List<AgentReport> SENT = new CopyOnWriteArrayList<>();

  static final ReportChannel.Factory FACTORY = FakeReports::new;

  static void reset() {
    SENT.clear();
  }

  static List<AgentReport> sent() {
    return SENT;
  }

  /** What an operator says when it is finished. */
  static AgentReport lastWord(StreamOperator<?> operator) throws Exception {
    Set<Long> others =
        SENT.stream()
            .filter(report -> report.state() == AgentState.COMPLETED)
            .map(AgentReport::incarnation)
            .collect(Collectors.toSet());
    operator.finish();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      Optional<AgentReport> word =
          SENT.stream()
              .filter(report -> report.state() == AgentState.COMPLETED)
              .filter(report -> !others.contains(report.incarnation()))
              .findFirst();
      if (word.isPresent()) {
        return word.get();
      }
      assertThat(System.nanoTime() - end).as("no last word came").isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void send(AgentReport report) {
    SENT.add(report);
  }

  @Override
  public void close() {}
}
