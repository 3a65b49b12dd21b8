package io.tillstream.it.oracle;

import com.fasterxml.jackson.databind.JsonNode;

/** The pipeline's own five counts against ours. */
final class LedgerCheck {
  private LedgerCheck() {}

  /** Call when the report's counts are set. */
  static void check(JsonNode status, boolean degradedAllowed, OracleReport report) {
    JsonNode ledger = status.has("ledger") ? status.get("ledger") : status;
    for (String field : new String[] {"in", "aggregated", "duplicate", "late", "dead_lettered"}) {
      same(ledger, field, report.count(field), report);
    }
    if (!degradedAllowed) {
      same(ledger, "degraded_open", 0, report);
    }
    if (!ledger.path("balanced").asBoolean(false)) {
      report.difference("ledger", "balanced is " + ledger.path("balanced"));
    }
  }

  private static void same(JsonNode ledger, String field, long right, OracleReport report) {
    JsonNode value = ledger.path(field);
    if (!value.isIntegralNumber() || value.longValue() != right) {
      report.difference("ledger", "%s is %s, must be %d".formatted(field, value, right));
    }
  }
}
