package io.tillstream.dashboard.agents;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The newest report of each subtask of each part of each agent, and the sums over them. */
public final class Reports {
  private record Part(String agent, String part) {}

  private final Map<Part, Map<Integer, Report>> newest = new HashMap<>();

  /** No job has that many: what comes beyond is a stranger's. */
  private static final int MOST_PARTS = 200;

  private static final int MOST_SUBTASKS = 32_768;

  /** Takes a report, unless a newer one of the same subtask is known. */
  public void add(Report report) {
    Part part = new Part(report.agent(), report.part());
    if (report.subtask() < 0
        || report.subtask() >= MOST_SUBTASKS
        || (newest.size() >= MOST_PARTS && !newest.containsKey(part))) {
      return;
    }
    newest
        .computeIfAbsent(part, p -> new HashMap<>())
        .merge(report.subtask(), report, (old, now) -> now.at().isBefore(old.at()) ? old : now);
  }

  /**
   * The reports of a part. After the job came back with fewer subtasks, the last words of those
   * that are no more do not count.
   */
  public List<Report> of(String agent, String part) {
    return valid(newest.getOrDefault(new Part(agent, part), Map.of()).values());
  }

  /** All valid reports of an agent, whatever the part. */
  public List<Report> of(String agent) {
    List<Report> all = new ArrayList<>();
    newest.forEach(
        (part, reports) -> {
          if (part.agent().equals(agent)) {
            all.addAll(valid(reports.values()));
          }
        });
    return all;
  }

  public List<String> agents() {
    return newest.keySet().stream().map(Part::agent).distinct().toList();
  }

  public long sum(String agent, String part, String count) {
    return of(agent, part).stream().mapToLong(r -> r.counts().getOrDefault(count, 0L)).sum();
  }

  /**
   * The offset that each partition of the input was read up to, from the reader's newest report
   * that names it.
   */
  public Map<Integer, Long> positions() {
    String prefix = "position_";
    Map<Integer, Long> positions = new TreeMap<>();
    Map<Integer, Instant> said = new HashMap<>();
    for (Report report : of("ingestion", "read")) {
      report
          .indicators()
          .forEach(
              (name, value) -> {
                Optional<Integer> partition = number(name, prefix);
                if (partition.isPresent()
                    && !report.at().isBefore(said.getOrDefault(partition.get(), Instant.MIN))) {
                  positions.put(partition.get(), value.longValue());
                  said.put(partition.get(), report.at());
                }
              });
    }
    return positions;
  }

  private static Optional<Integer> number(String name, String prefix) {
    String digits = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
    return digits.matches("[0-9]{1,6}") ? Optional.of(Integer.parseInt(digits)) : Optional.empty();
  }

  private static List<Report> valid(Collection<Report> reports) {
    int parallelism =
        reports.stream().max(Comparator.comparing(Report::at)).map(Report::parallelism).orElse(0);
    return reports.stream().filter(report -> report.subtask() < parallelism).toList();
  }
}
