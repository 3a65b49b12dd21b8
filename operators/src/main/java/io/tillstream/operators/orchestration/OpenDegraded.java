package io.tillstream.operators.orchestration;

import io.tillstream.routing.agent.AgentReport;
import java.util.HashMap;
import java.util.Map;

/** How many counted lines still wait for their repair, by the newest word of every subtask. */
final class OpenDegraded {
  private static final String COUNT = "degraded_open";

  private record Part(String agent, String part, int subtask) {}

  private final Map<Part, AgentReport> newest = new HashMap<>();
  private volatile long total; // read by the metrics' threads

  void heard(AgentReport report) {
    Part part = new Part(report.agent(), report.part(), report.subtask());
    AgentReport before = newest.get(part);
    boolean old =
        before != null
            && before.incarnation() == report.incarnation()
            && before.sequence() >= report.sequence();
    if (old || !report.counts().containsKey(COUNT)) {
      return;
    }
    newest.put(part, report);
    // Subtasks that a smaller job no longer has.
    newest
        .keySet()
        .removeIf(
            each ->
                each.agent().equals(report.agent())
                    && each.part().equals(report.part())
                    && each.subtask() >= report.parallelism());
    total = newest.values().stream().mapToLong(each -> each.counts().get(COUNT)).sum();
  }

  long total() {
    return total;
  }
}
