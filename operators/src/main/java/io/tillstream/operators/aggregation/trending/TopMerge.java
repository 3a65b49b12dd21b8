package io.tillstream.operators.aggregation.trending;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Joins the subtasks' tops to one, as soon as all of them have told theirs for the same moment.
 * Moments that not all of them tell, as when some of them saw time jump, are dropped when a later
 * one is complete.
 */
final class TopMerge {
  /** Far more moments than subtasks drift apart; only so that nothing can grow without bound. */
  private static final int MAX_PENDING = 600;

  private static final class Parts {
    final LocalTop[] tops;
    int missing;

    Parts(int subtasks) {
      tops = new LocalTop[subtasks];
      missing = subtasks;
    }
  }

  private final int limit;
  private final TreeMap<Long, Parts> pending = new TreeMap<>();
  private long newest;

  /**
   * Begins after a moment.
   *
   * @param limit how many products a top has
   * @param newest the window end told last in epoch seconds; {@link Long#MIN_VALUE} for none
   */
  TopMerge(int limit, long newest) {
    this.limit = limit;
    this.newest = newest;
  }

  /** Takes a subtask's top; the whole one, if that completes it. */
  Optional<List<TrendCount>> add(LocalTop top) {
    if (top.windowEnd() <= newest) {
      return Optional.empty();
    }
    Parts parts = pending.get(top.windowEnd());
    if (parts == null || parts.tops.length != top.subtasks()) {
      // Another number of subtasks: the older ones were on their way before a restart.
      parts = new Parts(top.subtasks());
      pending.put(top.windowEnd(), parts);
    }
    if (parts.tops[top.subtask()] == null) {
      parts.missing--;
    }
    parts.tops[top.subtask()] = top;
    if (parts.missing > 0) {
      if (pending.size() > MAX_PENDING) {
        pending.pollFirstEntry();
      }
      return Optional.empty();
    }
    newest = top.windowEnd();
    pending.headMap(newest, true).clear();
    return Optional.of(merged(parts));
  }

  private List<TrendCount> merged(Parts parts) {
    List<TrendCount> all = new ArrayList<>();
    for (LocalTop top : parts.tops) {
      all.addAll(top.items()); // no product is in two of them
    }
    all.sort(TrendCount.RANKING);
    return all.subList(0, Math.min(limit, all.size()));
  }
}
