package io.tillstream.local.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.local.layout.Json;
import java.util.Locale;

/**
 * The result of draining by the bypass, beside draining enriched on the same cluster.
 *
 * @param exact whether, after the repair, nothing is degraded and the published sums equal those of
 *     the input, to the cent
 */
public record Bypass(
    long events, double eventsPerSecond, double enrichedEventsPerSecond, boolean exact)
    implements BenchResult {
  public double ratio() {
    return enrichedEventsPerSecond == 0 ? 0 : eventsPerSecond / enrichedEventsPerSecond;
  }

  @Override
  public String json() {
    ObjectNode root = Json.MAPPER.createObjectNode();
    ObjectNode node = root.putObject("bypass");
    node.put("events", events);
    node.put("events_per_second", Math.round(eventsPerSecond));
    node.put("enriched_events_per_second", Math.round(enrichedEventsPerSecond));
    node.put("ratio", Math.round(ratio() * 1000) / 1000.0);
    node.put("exact", exact);
    return root.toString();
  }

  @Override
  public String text() {
    return String.format(
        Locale.ROOT,
        "bypassed %,.0f events/s, enriched %,.0f events/s, ratio %.3f, result %s",
        eventsPerSecond,
        enrichedEventsPerSecond,
        ratio(),
        exact ? "exact after the repair" : "NOT exact");
  }
}
