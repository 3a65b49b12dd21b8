package io.tillstream.dashboard.view;

/**
 * A message of a topic as the view takes it.
 *
 * @param topic the contract's name, without a prefix
 * @param timestamp Kafka's, epoch milliseconds
 * @param value null for a tombstone
 */
public record Message(Topic topic, long timestamp, byte[] value) {

  /** The topics that the dashboard reads. */
  public enum Topic {
    SHOP_METRICS("shop-metrics"),
    SHOP_TRENDING("shop-trending"),
    SHOP_ALERTS("shop-alerts"),
    AGENT_STATUS("agent-status"),
    ROUTE_DECISIONS("route-decisions");

    private final String text;

    Topic(String text) {
      this.text = text;
    }

    /** The contract's name. */
    public String text() {
      return text;
    }
  }
}
