package io.tillstream.dashboard.agents;

/**
 * The conservation of records: everything that came in went one of four ways. What the primary and
 * the backup aggregation counted adds up, and what neither could take was dead-lettered by the
 * backup's pre-sum.
 */
public record Ledger(
    long in, long aggregated, long duplicate, long late, long deadLettered, long degradedOpen) {
  private static final String BACKUP = "backup-aggregation";

  public static Ledger of(Reports reports) {
    return new Ledger(
        reports.sum("ingestion", "read", "in"),
        reports.sum("aggregation", "sums", "aggregated")
            + reports.sum(BACKUP, "sums", "aggregated"),
        reports.sum("ingestion", "deduplicate", "duplicate"),
        reports.sum("ingestion", "deduplicate", "late"),
        reports.sum("ingestion", "read", "dead_lettered")
            + reports.sum(BACKUP, "pre-sum", "dead_lettered"),
        reports.sum("aggregation", "sums", "degraded_open")
            + reports.sum(BACKUP, "sums", "degraded_open"));
  }

  public boolean balanced() {
    return in == aggregated + duplicate + late + deadLettered;
  }
}
