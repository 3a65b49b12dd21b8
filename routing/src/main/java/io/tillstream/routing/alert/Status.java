package io.tillstream.routing.alert;

import java.util.Locale;

/** What an alert says of its episode. */
public enum Status {
  /** It begins. */
  RAISED,
  /** It got worse. */
  UPDATED,
  /** It is over. */
  RESOLVED;

  /** The word in the JSON contract. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of a contract word, or null. */
  public static Status ofText(String text) {
    for (Status status : values()) {
      if (status.text().equals(text)) {
        return status;
      }
    }
    return null;
  }
}
