package io.tillstream.dashboard.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.dashboard.agents.AgentView;
import io.tillstream.dashboard.agents.CheckpointView;
import io.tillstream.dashboard.agents.JobView;
import io.tillstream.dashboard.agents.Ledger;
import io.tillstream.dashboard.agents.Rates;
import io.tillstream.dashboard.agents.Report;
import io.tillstream.dashboard.agents.Reports;
import io.tillstream.dashboard.agents.RouteView;
import io.tillstream.dashboard.agents.Routes;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What is known of the pipeline itself. */
final class Pipeline {
  private final Reports reports = new Reports();
  private final Rates rates = new Rates();
  private final Routes routes = new Routes();
  private Map<Integer, Long> inputEnds = Map.of();
  private Map<Integer, Long> inputBegins = Map.of();
  private JobView job;
  private CheckpointView checkpoints;

  /** Events per second, by the way they go. */
  record Flow(double in, double enriched, double bypassed, double backup) {}

  boolean report(JsonNode tree) {
    var report = Report.parse(tree);
    report.ifPresent(reports::add);
    report.ifPresent(rates::add);
    return report.isPresent();
  }

  boolean decision(JsonNode tree) {
    if (tree == null || !tree.path("route").isTextual()) {
      return false;
    }
    routes.add(tree);
    return true;
  }

  /** Where the input begins and ends, by partition. */
  void input(Map<Integer, Long> begins, Map<Integer, Long> ends) {
    inputBegins = begins;
    inputEnds = ends;
  }

  /** What Flink says; null for both if it was not asked. */
  void flink(JobView newJob, CheckpointView newCheckpoints) {
    job = newJob;
    checkpoints = newCheckpoints;
  }

  List<AgentView> agents(long now) {
    return AgentView.all(reports, Instant.ofEpochMilli(now));
  }

  List<RouteView> routes() {
    return routes.views();
  }

  Ledger ledger() {
    return Ledger.of(reports);
  }

  /** Records in the input that were not read yet, as {@code status} counts them. */
  long lag() {
    Map<Integer, Long> positions = reports.positions();
    long lag = 0;
    for (Map.Entry<Integer, Long> end : inputEnds.entrySet()) {
      long begin = inputBegins.getOrDefault(end.getKey(), 0L);
      lag += Math.max(0, end.getValue() - positions.getOrDefault(end.getKey(), begin));
    }
    return lag;
  }

  Flow flow(long now) {
    return new Flow(
        rates.perSecond("ingestion", "read", now, "in"),
        rates.perSecond("enrichment", "lookup", now, "enriched", "degraded"),
        rates.perSecond("ingestion", "deduplicate", now, "bypassed"),
        rates.perSecond("backup-aggregation", "sums", now, "aggregated"));
  }

  /** Null if nobody asked Flink. */
  JobView job() {
    return job;
  }

  /** Null if nobody asked Flink. */
  CheckpointView checkpoints() {
    return checkpoints;
  }
}
