package io.tillstream.checkpointing.identity;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * The uid of every operator of the pipeline job. A savepoint finds its state by these names: none
 * is ever changed or given to another operator. An operator that goes takes its name with it.
 */
public final class Uids {
  /** The sink of {@code shop-metrics}. */
  public static final String SINK_METRICS = "sink-shop-metrics";

  /** The sink of {@code shop-metrics} for the backup's rows. */
  public static final String SINK_BACKUP_METRICS = "sink-shop-metrics-backup";

  /** The sink of {@code shop-trending}. */
  public static final String SINK_TRENDING = "sink-shop-trending";

  /** The sink of {@code shop-alerts}. */
  public static final String SINK_ALERTS = "sink-shop-alerts";

  /** The sink of what the pipeline itself says in {@code control}. */
  public static final String SINK_CONTROL = "sink-control";

  /** The sink of {@code route-decisions}. */
  public static final String SINK_DECISIONS = "sink-route-decisions";

  /** The sink of {@code dead-letters}. */
  public static final String SINK_DEAD_LETTERS = "sink-dead-letters";

  /** The sink of {@code late-events}. */
  public static final String SINK_LATE = "sink-late-events";

  private static final Map<String, String> MEANINGS = new TreeMap<>();

  static {
    add("orchestrator-control", "reads people's commands; positions in their topic");
    add("orchestrator-reports", "reads the agents' reports; positions on the bus");
    add("orchestrator-decide", "decides on routes; what it decided and which commands it knows");
    add("orchestrator-dead-letters", "turns refused commands into dead letters");
    add("ingestion-source", "reads the shop's records; positions in their topic");
    add("ingestion-read", "parses; each partition's clock, counts of the ledger");
    add("ingestion-deduplicate", "duplicate, late or which route; the ids of the last minutes");
    add("enrichment-lookup", "asks the catalog; counts");
    add("enrichment-bypass", "gives events the defaults of one that nobody answered");
    add("enrichment-repair", "makes up for missing answers; what is owed, by product");
    add("aggregation-presum-enriched", "pre-sums behind the look-up; counts");
    add("aggregation-presum-bypass", "pre-sums behind the bypass; counts");
    add("aggregation-carts", "each visit's cart; its signals that may still change order");
    add("aggregation-sums", "the rows of numbers; versions, the ledger's counts");
    add("aggregation-trends-local", "the top of each subtask's products; the last minute's panes");
    add("aggregation-trending", "the top of all products; the list before");
    add("backup-presum", "pre-sums of what the aggregation does not take; counts");
    add("backup-sums", "the backup's rows of numbers; versions, the ledger's counts");
    add("backup-dead-letters", "turns events that nobody can take into dead letters");
    add("alert-rows", "passes on the rows that alerts may be about");
    add("alert-rows-backup", "passes on the backup's rows that alerts may be about");
    add("alert-rules", "the rules in force");
    add("alert-watch", "raises and resolves alerts; every row's memory, what was told");
    add("alert-webhooks", "sends webhooks; those that wait, who wants no more");
    sink(SINK_METRICS, "shop-metrics");
    sink(SINK_BACKUP_METRICS, "shop-metrics");
    sink(SINK_TRENDING, "shop-trending");
    sink(SINK_ALERTS, "shop-alerts");
    sink(SINK_CONTROL, "control");
    sink(SINK_DECISIONS, "route-decisions");
    sink(SINK_DEAD_LETTERS, "dead-letters");
    sink(SINK_LATE, "late-events");
  }

  private Uids() {}

  /** Every uid, in alphabetical order. */
  public static Collection<String> all() {
    return MEANINGS.keySet();
  }

  /**
   * What the operator does and, behind a semicolon, what it keeps in state; one line.
   *
   * @throws IllegalArgumentException if no operator has this uid
   */
  public static String meaning(String uid) {
    String meaning = MEANINGS.get(uid);
    if (meaning == null) {
      throw new IllegalArgumentException("no operator has the uid " + uid);
    }
    return meaning;
  }

  private static void sink(String uid, String topic) {
    add(uid, "writes " + topic);
    // Flink makes a committer of its own behind each writer and names it after it.
    add("Sink Committer: " + uid, "nothing to commit: writing " + topic + " is at least once");
  }

  private static void add(String uid, String meaning) {
    if (MEANINGS.put(uid, meaning) != null) {
      throw new IllegalStateException("two operators with the uid " + uid);
    }
  }
}
