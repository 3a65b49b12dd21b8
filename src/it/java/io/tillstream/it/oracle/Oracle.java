package io.tillstream.it.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads what went in and what came out, and says where the two do not fit. */
public final class Oracle {
  private Oracle() {}

  /** Compares everything: rows, versions, dead letters, late events, the ledger. */
  public static OracleReport check(OracleInput input) {
    OracleReport report = new OracleReport();
    OracleOptions options = input.options();
    Intake intake = Intake.of(input.events(), options);
    LateCheck late = LateCheck.of(input.lateEvents(), intake, options, report);
    String topic = input.events().isEmpty() ? "" : input.events().get(0).topic();
    List<RawRecord> letters = new ArrayList<>(input.deadLetters());
    FailedEvents failures = FailedEvents.takenFrom(letters, input, intake, late, report);
    DeadLetterCheck.check(letters, topic, intake.refused(), report);
    List<InputEvent> counted = new ArrayList<>();
    List<InputEvent> failed = new ArrayList<>();
    for (Intake.Seen seen : intake.kept()) {
      if (!late.contains(seen.event())) {
        (failures.contains(seen) ? failed : counted).add(seen.event());
      }
    }
    Map<RowKey, ExpectedRow> expected =
        Expectation.of(
            counted,
            failed,
            input.catalog(),
            options,
            intake.lowWatermark(),
            intake.highWatermark());
    Map<RowKey, List<JsonNode>> published = PublishedRows.read(input.metrics(), options, report);
    compareRows(expected, published, input, report);

    report.count("in", input.events().size());
    report.count("aggregated", counted.size());
    report.count("duplicate", intake.duplicates());
    report.count("late", late.size());
    report.count("dead_lettered", intake.refused().size() + failed.size());
    report.count("failed", failed.size());
    report.count("rows", expected.size());
    report.count("published rows", published.size());
    if (intake.unequalTwins() > 0) {
      report.remark(
          intake.unequalTwins()
              + " duplicates differ from the first of their id; which one counted is a guess");
    }
    if (input.status() != null) {
      LedgerCheck.check(input.status(), options.degradedAllowed(), report);
    }
    return report;
  }

  private static void compareRows(
      Map<RowKey, ExpectedRow> expected,
      Map<RowKey, List<JsonNode>> published,
      OracleInput input,
      OracleReport report) {
    boolean degraded = input.options().degradedAllowed();
    Set<RowKey> keys = new TreeSet<>(Comparator.comparing(RowKey::toString));
    keys.addAll(expected.keySet());
    keys.addAll(published.keySet());
    Map<RowKey, List<JsonNode>> thrownTogether = new HashMap<>();
    for (RowKey key : keys) {
      List<JsonNode> rows = published.getOrDefault(key, List.of());
      boolean named = key.dimension().equals("category") || key.dimension().equals("segment");
      if (degraded && named) {
        thrownTogether
            .computeIfAbsent(
                new RowKey(key.dimension(), "*", key.windowStart()), all -> new ArrayList<>())
            .addAll(rows);
        continue;
      }
      if (key.dimension().equals("shop") && !key.key().equals("all")) {
        report.difference("row unexpected", key + ": the shop's only key is all");
      }
      String category =
          key.dimension().equals("product") && !degraded
              ? input.catalog().category(key.key())
              : null;
      ExpectedRow right = expected.getOrDefault(key, new ExpectedRow());
      RowComparison.compare(key, right, rows, category, degraded, report);
    }
    thrownTogether.forEach(
        (key, rows) -> RowComparison.compareNumbers(key, together(key, expected), rows, report));
  }

  /** The sum of a dimension's rows in one window, whatever their keys. */
  private static ExpectedRow together(RowKey all, Map<RowKey, ExpectedRow> expected) {
    ExpectedRow sum = new ExpectedRow();
    expected.forEach(
        (key, row) -> {
          if (key.dimension().equals(all.dimension()) && key.windowStart() == all.windowStart()) {
            sum.add(row);
          }
        });
    return sum;
  }
}
