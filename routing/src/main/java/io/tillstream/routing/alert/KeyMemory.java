package io.tillstream.routing.alert;

import java.util.List;

/**
 * What has to be remembered of one key: its newest window with each aggregator's part of it, what
 * was usual before, and the episodes. Immutable.
 *
 * <p>Without episodes it is the numbers that rules ask for, once for each aggregator, and what is
 * usual. An episode that is over leaves its number, so that no two ever have one name.
 */
public final class KeyMemory {
  static final long NO_WINDOW = Long.MIN_VALUE;
  static final Past[] NO_PAST = {};

  /** Nothing yet. */
  public static final KeyMemory EMPTY =
      new KeyMemory(
          null, null, NO_WINDOW, NO_WINDOW, Parts.NONE, NO_PAST, List.of(), Episode.NEVER, -1);

  final String dimension;
  final String key;
  final long windowStart;
  final long windowEnd;
  final Part[] parts;
  final Past[] pasts;
  final List<Episode> episodes;
  // The latest time anybody came with.
  final long clock;
  // The book it was last judged by.
  final long rulesVersion;

  private final long deadline;

  KeyMemory(
      String dimension,
      String key,
      long windowStart,
      long windowEnd,
      Part[] parts,
      Past[] pasts,
      List<Episode> episodes,
      long clock,
      long rulesVersion) {
    this.dimension = dimension;
    this.key = key;
    this.windowStart = windowStart;
    this.windowEnd = windowEnd;
    this.parts = parts;
    this.pasts = pasts;
    this.episodes = episodes;
    this.clock = clock;
    this.rulesVersion = rulesVersion;
    long next = Long.MAX_VALUE;
    for (int i = 0; i < episodes.size(); i++) {
      next = Math.min(next, episodes.get(i).deadline());
    }
    this.deadline = next;
  }

  /**
   * When {@link Watcher#tick} is due, in epoch milliseconds; {@link Long#MAX_VALUE} if nothing
   * waits for time to pass.
   */
  public long nextDeadline() {
    return deadline;
  }

  /** How many episodes are open: raised and not resolved. */
  public int openEpisodes() {
    int open = 0;
    for (Episode episode : episodes) {
      open += episode.isOpen() ? 1 : 0;
    }
    return open;
  }

  /** Whether there is nothing to store. */
  public boolean isEmpty() {
    return parts.length == 0 && pasts.length == 0 && episodes.isEmpty();
  }
}
