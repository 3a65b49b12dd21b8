package io.tillstream.routing.alert;

import java.util.Locale;

/** How much an alert matters. */
public enum Severity {
  INFO,
  WARNING,
  CRITICAL;

  /** The word in the JSON contract. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The severity of a contract word, or null. */
  public static Severity ofText(String text) {
    for (Severity severity : values()) {
      if (severity.text().equals(text)) {
        return severity;
      }
    }
    return null;
  }
}
