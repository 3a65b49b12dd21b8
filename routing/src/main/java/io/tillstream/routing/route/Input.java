package io.tillstream.routing.route;

import io.tillstream.routing.agent.AgentReport;

/** What the orchestrator decides upon. */
public sealed interface Input {

  /** A person told something. */
  record Told(Command command) implements Input {}

  /** An agent reported. */
  record Reported(AgentReport report) implements Input {}

  /** Time went by. */
  record Tick() implements Input {}
}
