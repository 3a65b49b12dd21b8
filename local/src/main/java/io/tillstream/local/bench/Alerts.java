package io.tillstream.local.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.local.bench.SteadyTraffic.Pacing;
import io.tillstream.local.layout.Json;
import java.util.Locale;

/**
 * The result of an alert run: from the Kafka timestamp of a stock update below the threshold to the
 * POST's arrival.
 *
 * @param rate events a second beside it
 * @param seconds for how long
 * @param sent stock updates below the threshold, each of another product
 * @param repeated webhooks that came more than once
 * @param unsigned webhooks whose signature did not hold
 * @param delays of those that arrived
 */
public record Alerts(
    int rate, int seconds, long sent, long repeated, long unsigned, Delays delays, Pacing pacing)
    implements BenchResult {
  /** Every one arrived, once, and signed. */
  @Override
  public boolean exact() {
    return delays.count() == sent && repeated == 0 && unsigned == 0;
  }

  @Override
  public String json() {
    ObjectNode root = Json.MAPPER.createObjectNode();
    ObjectNode node = root.putObject("alerts");
    node.put("rate", rate);
    node.put("seconds", seconds);
    node.put("sent", sent);
    node.put("arrived", delays.count());
    node.put("repeated", repeated);
    node.put("unsigned", unsigned);
    delays.into(node);
    node.put("sent_per_second", Math.round(pacing.perSecond()));
    node.put("sender_behind_max_ms", pacing.behindMillis());
    node.put("exact", exact());
    return root.toString();
  }

  @Override
  public String text() {
    return String.format(
        Locale.ROOT,
        "at %,d events/s: stock to webhook %s; %,d of %,d arrived, %d repeated, %d not signed",
        rate,
        delays.words(),
        delays.count(),
        sent,
        repeated,
        unsigned);
  }
}
