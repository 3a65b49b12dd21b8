package io.tillstream.routing.route;

import java.util.Locale;

/** Who decides on a route: the orchestrator, or a person. */
public enum Mode {
  /** The orchestrator decides and switches. */
  AUTO,
  /** A person pinned the primary agent. */
  PRIMARY,
  /** A person pinned the fallback. */
  FALLBACK,
  /** The orchestrator decides and logs, and does not switch. */
  OBSERVE;

  /** The word in the JSON contract. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The mode of a contract word, or null. */
  public static Mode ofText(String text) {
    for (Mode mode : values()) {
      if (mode.text().equals(text)) {
        return mode;
      }
    }
    return null;
  }
}
