package io.tillstream.operators.ingestion;

import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.ReportChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

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

  @Override
  public void send(AgentReport report) {
    SENT.add(report);
  }

  @Override
  public void close() {}
}
