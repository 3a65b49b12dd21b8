package io.tillstream.dashboard.live;

/** The way to one client. */
public interface Link {
  /**
   * Sends a text without waiting.
   *
   * @param done called once it has left, also if it failed; by any thread
   */
  void send(String text, Runnable done);

  /** Ends the connection at once, saying why where that is still possible. */
  void close(String reason);
}
