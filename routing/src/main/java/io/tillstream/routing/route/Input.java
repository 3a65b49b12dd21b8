package io.tillstream.routing.route;

import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.plan.RoutePlan;

/** What the orchestrator decides upon. */
public sealed interface Input {

  /** A person told something. */
  record Told(Command command) implements Input {}

  /** An agent reported. */
  record Reported(AgentReport report) implements Input {}

  /** Time went by: a few times each second, so that nothing waits for a report. */
  record Tick() implements Input {}

  /**
   * The job was started or restarted; the first input of each life.
   *
   * @param incarnation that of the orchestrator's own reports in this life
   * @param attempt how often the job was restarted since its submit, from 0
   * @param submitted the plan it was submitted with
   */
  record Started(long incarnation, int attempt, RoutePlan submitted) implements Input {}
}
