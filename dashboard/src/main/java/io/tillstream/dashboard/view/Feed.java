package io.tillstream.dashboard.view;

/**
 * How well the view follows its topics.
 *
 * @param connected whether Kafka answers
 * @param caughtUp whether the ends of the topics, as they were at the start, have been read
 * @param behind whether the ends of a short while ago have not been read yet
 * @param lagRecords how many records there were that had not been read
 */
public record Feed(boolean connected, boolean caughtUp, boolean behind, long lagRecords) {
  /** Nothing heard of Kafka yet. */
  public static final Feed NONE = new Feed(false, false, true, 0);

  /** Whether what is shown can be relied on as the newest. */
  public boolean healthy() {
    return connected && caughtUp && !behind;
  }

  /** Why it cannot, in a few words; empty if it can. */
  public String trouble() {
    if (!connected) {
      return "Kafka does not answer";
    }
    if (!caughtUp) {
      return "still reading what came before the start";
    }
    return behind ? "behind its topics by " + lagRecords + " records" : "";
  }
}
