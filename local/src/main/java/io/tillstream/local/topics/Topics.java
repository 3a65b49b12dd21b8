package io.tillstream.local.topics;

import io.tillstream.local.process.StackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;

/** The topics of the contract, with their partitions and settings. */
public final class Topics {
  public static final String SHOP_EVENTS = "shop-events";
  public static final String SHOP_METRICS = "shop-metrics";
  public static final String SHOP_TRENDING = "shop-trending";
  public static final String SHOP_ALERTS = "shop-alerts";
  public static final String AGENT_STATUS = "agent-status";
  public static final String ROUTE_DECISIONS = "route-decisions";
  public static final String CONTROL = "control";
  public static final String DEAD_LETTERS = "dead-letters";
  public static final String LATE_EVENTS = "late-events";

  private static final int MEBI = 1 << 20;

  /** The largest event taken; a dead letter needs more, for the same bytes and its headers. */
  public static final int MAX_EVENT = 16 * MEBI;

  private static final int MAX_DEAD_LETTER = 64 * MEBI;
  private static final String FOR_EVER = "-1";

  private Topics() {}

  /** Makes those that are missing; existing ones stay as they are. */
  public static void create(String bootstrap, int partitions) {
    Properties properties = new Properties();
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    try (Admin admin = Admin.create(properties)) {
      var there = admin.listTopics().names().get(20, TimeUnit.SECONDS);
      List<NewTopic> missing = new ArrayList<>();
      for (NewTopic topic : all(partitions)) {
        if (!there.contains(topic.name())) {
          missing.add(topic);
        }
      }
      admin.createTopics(missing).all().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new StackException("cannot create the topics: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while creating the topics", e);
    }
  }

  static List<NewTopic> all(int partitions) {
    return List.of(
        topic(SHOP_EVENTS, partitions, deleted(days(7), MAX_EVENT)),
        topic(SHOP_METRICS, partitions, compacted(days(7))),
        topic(SHOP_TRENDING, 1, deleted(days(1), MEBI)),
        topic(SHOP_ALERTS, partitions, deleted(days(7), MEBI)),
        topic(AGENT_STATUS, 1, deleted(Duration.ofHours(6), MEBI)),
        // Few and small, and the history of who switched what: kept.
        topic(ROUTE_DECISIONS, 1, kept()),
        topic(CONTROL, 1, kept()),
        topic(DEAD_LETTERS, partitions, deleted(days(30), MAX_DEAD_LETTER)),
        topic(LATE_EVENTS, partitions, deleted(days(30), MAX_EVENT + MEBI)));
  }

  private static NewTopic topic(String name, int partitions, Map<String, String> settings) {
    return new NewTopic(name, partitions, (short) 1).configs(settings);
  }

  private static Map<String, String> deleted(Duration retention, int maxRecord) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("cleanup.policy", "delete");
    settings.put("retention.ms", String.valueOf(retention.toMillis()));
    settings.put("max.message.bytes", String.valueOf(maxRecord));
    return settings;
  }

  private static Map<String, String> compacted(Duration retention) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("cleanup.policy", "compact,delete");
    settings.put("retention.ms", String.valueOf(retention.toMillis()));
    return settings;
  }

  private static Map<String, String> kept() {
    return Map.of("cleanup.policy", "delete", "retention.ms", FOR_EVER);
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }
}
