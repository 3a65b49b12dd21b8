package io.tillstream.dashboard.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An agent as a whole: its subtasks' reports in one row.
 *
 * @param note why it is failed or stale, or empty
 */
public record AgentView(
    String agent,
    String state,
    Instant since,
    String note,
    double errorRate,
    Map<String, Double> indicators) {
  /** Reports come each second: who was silent that long is stale, whatever it said last. */
  public static final Duration SILENCE = Duration.ofSeconds(5);

  private static final List<String> ORDER =
      List.of(
          "ingestion", "enrichment", "aggregation", "backup-aggregation", "alert", "orchestrator");
  private static final List<String> WORST_FIRST =
      List.of("failed", "stale", "running", "completed");

  /** Every agent that reported, in the order of the pipeline. */
  public static List<AgentView> all(Reports reports, Instant now) {
    List<AgentView> views = new ArrayList<>();
    for (String agent : reports.agents()) {
      List<Report> its = reports.of(agent);
      if (!its.isEmpty()) {
        views.add(fold(agent, its, now));
      }
    }
    views.sort(
        Comparator.comparingInt((AgentView view) -> rank(ORDER, view.agent()))
            .thenComparing(AgentView::agent));
    return views;
  }

  private static AgentView fold(String agent, List<Report> reports, Instant now) {
    Report worst = null;
    double errorRate = 0;
    Map<String, List<Double>> values = new TreeMap<>();
    for (Report report : reports) {
      if (worst == null || compare(report, worst, now) < 0) {
        worst = report;
      }
      errorRate = Math.max(errorRate, report.errorRate());
      report
          .indicators()
          .forEach(
              (name, value) -> values.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
    }
    Map<String, Double> indicators = new TreeMap<>();
    values.forEach((name, each) -> indicators.put(name, join(name, each)));
    String state = state(worst, now);
    Instant since = state.equals("stale") ? worst.at() : worst.since();
    return new AgentView(agent, state, since, note(worst, state), errorRate, indicators);
  }

  private static String note(Report report, String state) {
    if (state.equals("stale") && !report.state().equals("stale")) {
      return "its " + report.part() + " " + report.subtask() + " is silent";
    }
    boolean well = state.equals("running") || state.equals("completed");
    return well ? "" : report.note();
  }

  /** The worse state first; of equal ones the one that changed last. */
  private static int compare(Report one, Report other, Instant now) {
    int states =
        Integer.compare(rank(WORST_FIRST, state(one, now)), rank(WORST_FIRST, state(other, now)));
    return states != 0 ? states : other.since().compareTo(one.since());
  }

  private static String state(Report report, Instant now) {
    boolean silent = report.at().isBefore(now.minus(SILENCE));
    return silent && !report.state().equals("completed") ? "stale" : report.state();
  }

  /** Amounts add up over subtasks, shares are averaged, times and positions are the largest. */
  private static double join(String name, List<Double> values) {
    if (name.endsWith("_ratio") || name.endsWith("_rate") || name.endsWith("_share")) {
      return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
    boolean largest =
        name.startsWith("position_")
            || name.matches("(.*_)?(ms|us|micros|millis|seconds|max|epoch|version|watermark)");
    return largest
        ? values.stream().mapToDouble(Double::doubleValue).max().orElse(0)
        : values.stream().mapToDouble(Double::doubleValue).sum();
  }

  private static int rank(List<String> order, String name) {
    int index = order.indexOf(name);
    return index < 0 ? order.size() : index;
  }
}
