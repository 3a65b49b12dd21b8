package io.tillstream.local.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.local.layout.Json;
import java.util.Locale;

/**
 * The result of one capacity run.
 *
 * @param exact whether the published sums equal those of the input, to the cent
 */
public record Capacity(
    long events, double eventsPerSecond, double limitEventsPerSecond, boolean exact)
    implements BenchResult {
  public double ratio() {
    return limitEventsPerSecond == 0 ? 0 : eventsPerSecond / limitEventsPerSecond;
  }

  /** The contract's last line of {@code bench --only capacity --json}. */
  @Override
  public String json() {
    ObjectNode root = Json.MAPPER.createObjectNode();
    ObjectNode node = root.putObject("capacity");
    node.put("events", events);
    node.put("events_per_second", Math.round(eventsPerSecond));
    node.put("limit_events_per_second", Math.round(limitEventsPerSecond));
    node.put("ratio", Math.round(ratio() * 1000) / 1000.0);
    node.put("exact", exact);
    return root.toString();
  }

  @Override
  public String text() {
    return String.format(
        Locale.ROOT,
        "capacity %,.0f events/s, limit %,.0f events/s, ratio %.3f, result %s",
        eventsPerSecond,
        limitEventsPerSecond,
        ratio(),
        exact ? "exact" : "NOT exact");
  }
}
