package io.tillstream.routing.agent;

import java.util.Locale;

/** How an agent is doing. */
public enum AgentState {
  RUNNING,
  COMPLETED,
  FAILED,
  STALE;

  /** The word in the JSON contract. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
