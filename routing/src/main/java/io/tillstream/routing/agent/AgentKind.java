package io.tillstream.routing.agent;

/** The agents there are: what each takes, and whether it reports. */
public enum AgentKind {
  INGESTION("ingestion", "record", true),
  ENRICHMENT("enrichment", "event", true),
  /** Defaults instead of look-ups: nothing in it can fail, so it says nothing. */
  BYPASS("bypass", "event", false),
  AGGREGATION("aggregation", "enriched event", true),
  BACKUP_AGGREGATION("backup-aggregation", "enriched event", true),
  ALERT("alert", "metric row", true),
  ORCHESTRATOR("orchestrator", "report", true);

  private final String text;
  private final String input;
  private final boolean reports;

  AgentKind(String text, String input, boolean reports) {
    this.text = text;
    this.input = input;
    this.reports = reports;
  }

  /** The name in reports, routes and on boxes. */
  public String text() {
    return text;
  }

  /** What it takes, in words: agents that take the same can stand for each other. */
  public String input() {
    return input;
  }

  /** Whether it sends reports; one that sends none is taken for well. */
  public boolean reports() {
    return reports;
  }

  /** The agent of that name, or null. */
  public static AgentKind ofText(String text) {
    for (AgentKind kind : values()) {
      if (kind.text.equals(text)) {
        return kind;
      }
    }
    return null;
  }

  /** Every name, for messages. */
  public static String names() {
    StringBuilder names = new StringBuilder();
    for (AgentKind kind : values()) {
      names.append(names.isEmpty() ? "" : ", ").append(kind.text);
    }
    return names.toString();
  }
}
