package io.tillstream.local.status;

import io.tillstream.dashboard.agents.AgentView;
import io.tillstream.dashboard.agents.CheckpointView;
import io.tillstream.dashboard.agents.Ledger;
import io.tillstream.dashboard.agents.RouteView;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A status for people: some dozen lines. */
public final class StatusTable {
  private static final int MAX_INDICATORS = 90;

  private StatusTable() {}

  public static List<String> lines(Status status, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "job          %s  %s  restarts %d",
            status.job().id(), status.job().state(), status.job().restarts()));
    CheckpointView points = status.checkpoints();
    lines.add(
        format(
            "checkpoints  %d completed, %d failed%s",
            points.completed(),
            points.failed(),
            points.lastCompletedAt() == null
                ? ""
                : format(
                    ", last %s ago in %d ms, %s of %s",
                    age(points.lastCompletedAt(), now),
                    points.lastDurationMs(),
                    bytes(points.lastBytes()),
                    bytes(points.fullBytes()))));
    lines.add(format("lag          %,d records", status.lag()));
    Ledger book = status.ledger();
    lines.add(
        format(
            "ledger       %,d in = %,d aggregated + %,d duplicate + %,d late + %,d dead-lettered: %s",
            book.in(),
            book.aggregated(),
            book.duplicate(),
            book.late(),
            book.deadLettered(),
            book.balanced() ? "balanced" : "open"));
    lines.add(format("             %,d degraded, not yet repaired", book.degradedOpen()));
    lines.add("");
    lines.add(
        format("%-13s %-9s %-9s %-6s %-7s %s", "route", "mode", "active", "epoch", "since", ""));
    for (RouteView route : status.routes()) {
      lines.add(
          format(
              "%-13s %-9s %-9s %-6d %-7s %s%s",
              route.route(),
              route.mode(),
              route.active(),
              route.epoch(),
              since(route, now),
              route.remark().isEmpty() ? "" : "[" + route.remark() + "] ",
              route.reason()));
    }
    lines.add("");
    lines.add(format("%-19s %-10s %-7s %-7s %s", "agent", "state", "since", "errors", ""));
    for (AgentView agent : status.agents()) {
      lines.add(
          format(
              "%-19s %-10s %-7s %-7s %s",
              agent.agent(),
              agent.state(),
              age(agent.since(), now),
              format("%.1f %%", agent.errorRate() * 100),
              agent.note().isEmpty() ? indicators(agent.indicators()) : shortened(agent.note())));
    }
    if (status.agents().isEmpty()) {
      lines.add("no agent has reported yet");
    }
    return lines;
  }

  private static String indicators(Map<String, Double> indicators) {
    String all =
        indicators.entrySet().stream()
            .filter(one -> !one.getKey().startsWith("position_"))
            .map(one -> one.getKey() + " " + number(one.getValue()))
            .collect(Collectors.joining(", "));
    return shortened(all);
  }

  private static String shortened(String text) {
    return text.length() > MAX_INDICATORS ? text.substring(0, MAX_INDICATORS) + "…" : text;
  }

  private static String since(RouteView route, Instant now) {
    try {
      return route.since() == null ? "" : age(Instant.parse(route.since()), now);
    } catch (DateTimeParseException strange) {
      return route.since();
    }
  }

  private static String number(double value) {
    return value == Math.rint(value) ? format("%,d", (long) value) : format("%.3f", value);
  }

  static String age(Instant since, Instant now) {
    long seconds = Math.max(0, Duration.between(since, now).toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
  }

  static String bytes(long bytes) {
    if (bytes < 1 << 20) {
      return format("%.0f KiB", bytes / 1024.0);
    }
    return format("%.1f MiB", bytes / 1048576.0);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
