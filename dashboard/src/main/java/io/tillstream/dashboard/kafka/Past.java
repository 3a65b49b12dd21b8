package io.tillstream.dashboard.kafka;

import io.tillstream.dashboard.view.Message.Topic;
import java.time.Duration;

/**
 * From where a topic is read: what is older is not needed, and what is more would take too long.
 *
 * @param back null for any age
 * @param most so many records of a topic, over all partitions
 */
record Past(Duration back, long most) {
  private static final long MANY = 3_000_000;

  static Past of(Topic topic) {
    return switch (topic) {
      // The hour shown, and windows still open when it began.
      case SHOP_METRICS -> new Past(Duration.ofMinutes(75), MANY);
      case SHOP_TRENDING -> new Past(Duration.ofMinutes(75), 5_000);
      case SHOP_ALERTS -> new Past(Duration.ofHours(24), 20_000);
      // What status reads too: the last words of parts that fell silent are among them.
      case AGENT_STATUS -> new Past(null, 2_000);
      // Few; a route pinned long ago is still pinned.
      case ROUTE_DECISIONS -> new Past(null, 20_000);
    };
  }
}
