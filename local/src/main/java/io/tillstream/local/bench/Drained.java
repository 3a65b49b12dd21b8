package io.tillstream.local.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.local.layout.Json;
import java.util.Locale;

/**
 * How fast a full topic was drained, beside another way of draining it on the same cluster.
 *
 * @param what was measured, the name in JSON
 * @param beside what it is compared with, the prefix in JSON
 * @param exact whether in the end nothing is degraded and the published sums equal those of the
 *     input, to the cent
 */
public record Drained(
    String what,
    String beside,
    long events,
    double eventsPerSecond,
    double besideEventsPerSecond,
    boolean exact)
    implements BenchResult {
  public double ratio() {
    return besideEventsPerSecond == 0 ? 0 : eventsPerSecond / besideEventsPerSecond;
  }

  /** For capacity beside the limit the contract's last line. */
  @Override
  public String json() {
    ObjectNode root = Json.MAPPER.createObjectNode();
    ObjectNode node = root.putObject(what);
    node.put("events", events);
    node.put("events_per_second", Math.round(eventsPerSecond));
    node.put(beside + "_events_per_second", Math.round(besideEventsPerSecond));
    node.put("ratio", Math.round(ratio() * 1000) / 1000.0);
    node.put("exact", exact);
    return root.toString();
  }

  @Override
  public String text() {
    return String.format(
        Locale.ROOT,
        "%s %,.0f events/s, %s %,.0f events/s, ratio %.3f, result %s",
        what,
        eventsPerSecond,
        beside,
        besideEventsPerSecond,
        ratio(),
        exact ? "exact" : "NOT exact");
  }
}
