package io.tillstream.jobs.options;

/**
 * Every option of the jobs: its key, its default and what it means. {@code kafka.*} is passed to
 * the Kafka clients.
 */
public enum Option {
  BOOTSTRAP("kafka.bootstrap.servers", null, "Kafka brokers, host:port, separated by commas"),
  GROUP("kafka.group.id", "tillstream", "consumer group, for monitoring; positions are Flink's"),
  TOPICS_PREFIX("topics.prefix", "", "goes before every topic's name"),
  START(
      "ingestion.start",
      "earliest",
      "where a job without state begins: earliest, latest or an instant"),
  OUT_OF_ORDERNESS(
      "ingestion.out-of-orderness", "PT5S", "how far events of a partition may be out of order"),
  IDLE_TIMEOUT(
      "ingestion.idle-timeout",
      "PT30S",
      "after this long at its end a partition holds nobody back"),
  MAX_AHEAD(
      "ingestion.max-ahead", "PT1H", "how far event_time may be ahead of the Kafka timestamp"),
  DEDUP_WINDOW("ingestion.dedup-window", "PT5M", "event time in which an event_id counts once"),
  REDIS_URI("redis.uri", "redis://127.0.0.1:6379", "catalog and profiles"),
  CACHE_TTL("enrichment.cache-ttl", "PT10M", "how long a cached answer counts"),
  CATALOG_MARKER(
      "enrichment.catalog-marker",
      "catalog:loaded_at",
      "the key that says the catalog is loaded; empty switches the check off"),
  LOOKUP_TIMEOUT(
      "enrichment.lookup-timeout", "PT0.25S", "how long one round trip to Redis may take"),
  REPAIR_HORIZON(
      "enrichment.repair-horizon", "PT24H", "how long what an outage degraded stays owed"),
  WINDOW("aggregation.window", "PT1M", "length of the tumbling windows"),
  LATENESS(
      "aggregation.lateness",
      "PT1M",
      "how late an event may correct its window; below the dedup window"),
  CART_TIMEOUT("aggregation.cart-timeout", "PT30M", "a cart untouched for so long is abandoned"),
  SUPERSEDE_FROM(
      "aggregation.supersede-from",
      "submit",
      "where a job without state begins to look for rows it must supersede: submit or earliest"),
  ALERT_RULES(
      "alert.rules",
      "",
      "a file with alert rules (JSON) for a job without state, laid over the built-in ones"),
  ALLOW_PRIVATE_WEBHOOKS(
      "alert.allow-private-webhooks",
      "false",
      "whether webhooks may go to loopback and private addresses: true or false"),
  WEBHOOK_SECRETS(
      "alert.webhook-secrets",
      "",
      "a properties file on the TaskManagers with the secrets that sign webhooks"),
  WEBHOOK_TIMEOUT("alert.webhook-timeout", "PT5S", "how long one attempt at a webhook may take"),
  BUS("bus", "kafka", "where the orchestrator hears the agents' reports: kafka or redis"),
  ROUTES("routes", "", "a file with the routes (YAML); empty: the standard ones"),
  PARALLELISM("parallelism", "", "parallelism of the job; empty: the cluster's default");

  private final String key;
  private final String fallback;
  private final String meaning;

  Option(String key, String fallback, String meaning) {
    this.key = key;
    this.fallback = fallback;
    this.meaning = meaning;
  }

  /** The key, as in {@code --key value}. */
  public String key() {
    return key;
  }

  /** The default, or null if the option must be given. */
  public String fallback() {
    return fallback;
  }

  /** One line for people. */
  public String meaning() {
    return meaning;
  }
}
