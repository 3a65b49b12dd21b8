package io.tillstream.local.bench;

import java.util.HashMap;
import java.util.Map;

/**
 * Works out how long draining took from counters that are reported once a second: between two
 * reports a counter is taken to have moved evenly, so begin and end are known much better than to
 * the second. Pure; times in milliseconds.
 */
final class DrainCurve {
  private record Point(long at, long count) {}

  private static final class Series {
    private Point last;
    private Point firstMoved;
    private Point beforeLastMove;
    private Point lastMoved;

    void add(long at, long count) {
      Point now = new Point(at, count);
      if (count > 0 && firstMoved == null) {
        firstMoved = now;
      }
      if (last == null || count > last.count()) {
        beforeLastMove = last;
        lastMoved = now;
      }
      last = now;
    }

    /** Counts a millisecond in the middle of the run; 0 if there were too few reports. */
    double speed() {
      if (firstMoved == null || beforeLastMove == null || beforeLastMove.at() <= firstMoved.at()) {
        return 0;
      }
      return (double) (beforeLastMove.count() - firstMoved.count())
          / (beforeLastMove.at() - firstMoved.at());
    }

    double begin() {
      double speed = speed();
      return speed == 0 ? (double) firstMoved.at() : firstMoved.at() - firstMoved.count() / speed;
    }

    double end() {
      double speed = speed();
      if (speed == 0 || beforeLastMove == null) {
        return (double) lastMoved.at();
      }
      double rest = (lastMoved.count() - beforeLastMove.count()) / speed;
      return Math.min((double) lastMoved.at(), (double) beforeLastMove.at() + rest);
    }
  }

  private final Map<String, Series> all = new HashMap<>();

  /**
   * @param who one counter of one subtask
   */
  void add(String who, long at, long count) {
    all.computeIfAbsent(who, w -> new Series()).add(at, count);
  }

  /** The sum of the newest values. */
  long total() {
    return all.values().stream().mapToLong(series -> series.last.count()).sum();
  }

  /** Seconds from the first count to the last, over all counters; 0 if nothing was counted. */
  double seconds() {
    double begin = Double.MAX_VALUE;
    double end = 0;
    for (Series series : all.values()) {
      if (series.firstMoved != null) {
        begin = Math.min(begin, series.begin());
        end = Math.max(end, series.end());
      }
    }
    return end <= begin ? 0 : (end - begin) / 1000;
  }
}
