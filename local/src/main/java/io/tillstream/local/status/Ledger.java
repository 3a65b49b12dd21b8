package io.tillstream.local.status;

/** The conservation of records: everything that came in went one of four ways. */
record Ledger(
    long in, long aggregated, long duplicate, long late, long deadLettered, long degradedOpen) {
  static Ledger of(Reports reports) {
    return new Ledger(
        reports.sum("ingestion", "read", "in"),
        reports.sum("aggregation", "sums", "aggregated"),
        reports.sum("ingestion", "deduplicate", "duplicate"),
        reports.sum("ingestion", "deduplicate", "late"),
        reports.sum("ingestion", "read", "dead_lettered"),
        reports.sum("aggregation", "sums", "degraded_open"));
  }

  boolean balanced() {
    return in == aggregated + duplicate + late + deadLettered;
  }
}
