package io.tillstream.jobs;

import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.ReportChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where the agents report in a test: of each subtask its last word. */
final class CollectedReports implements ReportChannel {
  static final ReportChannel.Factory FACTORY = CollectedReports::new;

  private static final Map<String, AgentReport> LAST = new ConcurrentHashMap<>();

  static void reset() {
    LAST.clear();
  }

  /** The sum of a count over all subtasks of an agent. */
  static long count(String agent, String name) {
    return LAST.values().stream()
        .filter(report -> report.agent().equals(agent))
        .mapToLong(report -> report.counts().getOrDefault(name, 0L))
        .sum();
  }

  /** The newest route epoch that each subtask of a part has seen. */
  static List<Long> epochs(String part) {
    return LAST.values().stream()
        .filter(report -> report.part().equals(part))
        .map(AgentReport::epoch)
        .toList();
  }

  /** Whether some part of an agent says that it fails. */
  static boolean anyFailed(String agent) {
    return LAST.values().stream()
        .anyMatch(report -> report.agent().equals(agent) && report.state() == AgentState.FAILED);
  }

  @Override
  public void send(AgentReport report) {
    LAST.put(report.agent() + "/" + report.part() + "/" + report.subtask(), report);
  }

  @Override
  public void close() {}
}
