package io.tillstream.routing.agent;

import java.io.Serializable;

/**
 * Where reports go: the shared context of all agents. Sending never blocks for long and never
 * throws.
 */
public interface ReportChannel extends AutoCloseable {

  /** Sends a report, or drops it if the channel is down: the next one follows in a second. */
  void send(AgentReport report);

  @Override
  void close();

  /** Opens a channel on the machine where the agent runs. */
  @FunctionalInterface
  interface Factory extends Serializable {
    ReportChannel open();
  }
}
