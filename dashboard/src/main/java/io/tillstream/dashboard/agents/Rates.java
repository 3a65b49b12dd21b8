package io.tillstream.dashboard.agents;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How fast counts in the agents' reports grow, over the last few reports. A count that went back,
 * as after a restore, and a new life of a part begin anew instead of counting backwards.
 */
public final class Rates {
  /** Four reports, one a second, smooth what a slow garbage collection bends. */
  private static final int REPORTS = 4;

  private static final int MOST = 20_000;

  private record Source(String agent, String part, int subtask) {}

  private record Point(long incarnation, long at, Map<String, Long> counts) {}

  private final Map<Source, Deque<Point>> points = new HashMap<>();

  public void add(Report report) {
    Source source = new Source(report.agent(), report.part(), report.subtask());
    if (report.counts().isEmpty() || (points.size() >= MOST && !points.containsKey(source))) {
      return;
    }
    Deque<Point> its = points.computeIfAbsent(source, s -> new ArrayDeque<>());
    Point point = new Point(report.incarnation(), report.at().toEpochMilli(), report.counts());
    if (!its.isEmpty()) {
      Point last = its.getLast();
      if (point.at() < last.at()) {
        return; // an older one, read again
      }
      if (last.incarnation() != point.incarnation() || wentBack(last, point)) {
        its.clear();
      }
    }
    its.addLast(point);
    while (its.size() > REPORTS) {
      its.removeFirst();
    }
  }

  private static boolean wentBack(Point last, Point now) {
    return now.counts().entrySet().stream()
        .anyMatch(count -> count.getValue() < last.counts().getOrDefault(count.getKey(), 0L));
  }

  /**
   * How much the counts grow in a second, over all subtasks that spoke lately; 0 if nobody did.
   *
   * @param now epoch milliseconds
   */
  public double perSecond(String agent, String part, long now, String... counts) {
    double sum = 0;
    for (Map.Entry<Source, Deque<Point>> entry : points.entrySet()) {
      Source source = entry.getKey();
      Point last = entry.getValue().getLast();
      boolean asked = source.agent().equals(agent) && source.part().equals(part);
      if (asked && now - last.at() < AgentView.SILENCE.toMillis()) {
        Point first = entry.getValue().getFirst();
        long grown = 0;
        for (String count : counts) {
          grown += last.counts().getOrDefault(count, 0L) - first.counts().getOrDefault(count, 0L);
        }
        sum += last.at() > first.at() ? grown * 1000.0 / (last.at() - first.at()) : 0;
      }
    }
    return sum;
  }
}
