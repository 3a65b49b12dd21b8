package io.tillstream.operators.enrichment;

import io.tillstream.operators.enrichment.lookup.LookupStats;
import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.retry.CircuitBreaker;
import java.util.Map;
import org.apache.flink.api.common.TaskInfo;

/** What both parts of the agent say of themselves. */
public final class Reports {
  private static final String AGENT = "enrichment";

  private Reports() {}

  /**
   * A report: failed while the catalog does not answer, completed after the end of the input.
   *
   * @param completedAt epoch milliseconds of the end, null before
   * @param at epoch milliseconds of the report
   * @param epoch the newest route epoch seen
   */
  public static AgentReport of(
      String part,
      TaskInfo task,
      LookupStats stats,
      Long completedAt,
      long at,
      long epoch,
      Map<String, Long> counts,
      Map<String, Double> indicators) {
    boolean answering = stats.breaker() == CircuitBreaker.State.CLOSED;
    AgentState state = answering ? AgentState.RUNNING : AgentState.FAILED;
    long since = at - stats.breakerSince() / 1_000_000;
    return new AgentReport(
        AGENT,
        part,
        task.getIndexOfThisSubtask(),
        task.getNumberOfParallelSubtasks(),
        0,
        0,
        completedAt != null ? AgentState.COMPLETED : state,
        completedAt != null ? completedAt : since,
        at,
        stats.lastError(),
        stats.errorRate(),
        epoch,
        counts,
        indicators);
  }
}
