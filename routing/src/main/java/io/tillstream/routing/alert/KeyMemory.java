package io.tillstream.routing.alert;

/**
 * What has to be remembered of one key: its newest window with each aggregator's part of it, what
 * was usual before, and the episodes. Immutable.
 */
public final class KeyMemory {
  /** Nothing yet. */
  public static final KeyMemory EMPTY = new KeyMemory();

  private KeyMemory() {}

  /**
   * When {@link Watcher#tick} is due, in epoch milliseconds; {@link Long#MAX_VALUE} if nothing
   * waits for time to pass.
   */
  public long nextDeadline() {
    return Long.MAX_VALUE;
  }

  /** How many episodes are open: raised and not resolved. */
  public int openEpisodes() {
    return 0;
  }

  /** Whether there is nothing to store. */
  public boolean isEmpty() {
    return true;
  }
}
