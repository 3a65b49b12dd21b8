package io.tillstream.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.local.board.Rows.Figures;
import io.tillstream.local.layout.Endpoints;
import io.tillstream.local.status.Status;
import io.tillstream.local.status.StatusTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the demo shows, as lines. Pure. */
final class DemoScreen {
  private static final int TOP = 8;

  private DemoScreen() {}

  static List<String> head(Endpoints at, boolean dashboard) {
    return List.of(
        "Tillstream demo" + (dashboard ? ": open " + at.dashboard() + " in a browser." : ""),
        "Flink's web UI: " + at.flink() + "   Ctrl-C stops all of it.",
        "");
  }

  static List<String> lines(
      Optional<Figures> window, JsonNode trending, Status status, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(shop(window));
    lines.add("");
    lines.addAll(trending(trending));
    lines.add("");
    lines.addAll(StatusTable.lines(status, now));
    return lines;
  }

  /** The same in one line, for logs. */
  static String line(Optional<Figures> window, Status status) {
    return window.map(DemoScreen::sentence).orElse("no window yet")
        + format(
            "  |  in %,d, lag %,d, %s, job %s",
            status.in(),
            status.lag(),
            status.balanced() ? "balanced" : "under way",
            status.jobState());
  }

  private static String sentence(Figures figures) {
    return format(
        "%s  views %,d  orders %,d  revenue %s  conversion %s",
        figures.windowStart(),
        figures.count("views"),
        figures.count("orders"),
        money(figures.revenue()),
        conversion(figures));
  }

  private static List<String> shop(Optional<Figures> window) {
    if (window.isEmpty()) {
      return List.of("The first numbers come with the first events …");
    }
    Figures figures = window.get();
    return List.of(
        "The shop since " + figures.windowStart(),
        format(
            "  views %,-10d carts %,-10d checkouts %,-10d orders %,-8d conversion %s",
            figures.count("views"),
            figures.count("add_to_carts"),
            figures.count("checkouts"),
            figures.count("orders"),
            conversion(figures)),
        "  revenue " + money(figures.revenue()) + "   refunds " + money(figures.refunds()));
  }

  private static List<String> trending(JsonNode trending) {
    List<String> lines = new ArrayList<>();
    lines.add("Trending in the last minute");
    int shown = 0;
    for (JsonNode item : trending.path("items")) {
      if (shown++ < TOP) {
        lines.add(
            format(
                "  %2d  %-14s %-28s %-16s views %,-8d units %,d",
                item.path("rank").asInt(),
                item.path("item_id").asText(),
                item.path("title").asText(""),
                item.path("category").asText(""),
                item.path("views").asLong(),
                item.path("units").asLong()));
      }
    }
    return shown == 0 ? List.of("Trending: nothing yet") : lines;
  }

  private static String conversion(Figures figures) {
    long views = figures.count("views");
    return views == 0
        ? "-"
        : BigDecimal.valueOf(figures.count("purchases"))
            .divide(BigDecimal.valueOf(views), 4, RoundingMode.HALF_UP)
            .toPlainString();
  }

  private static String money(Map<String, BigDecimal> amounts) {
    return amounts.isEmpty()
        ? "-"
        : amounts.entrySet().stream()
            .map(one -> one.getValue().toPlainString() + " " + one.getKey())
            .collect(Collectors.joining(", "));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
