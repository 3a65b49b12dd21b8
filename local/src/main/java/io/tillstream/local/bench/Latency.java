package io.tillstream.local.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.local.bench.SteadyTraffic.Pacing;
import io.tillstream.local.layout.Json;
import io.tillstream.local.process.ProcessMemory;
import java.util.Locale;

/**
 * The result of a latency run.
 *
 * @param rate events a second that were wanted
 * @param seconds of each of the two stretches
 * @param clients connected to the dashboard, all measured
 * @param quiet without a fault
 * @param killed with Redis killed in the middle, and back
 * @param pacing how well the sender kept its pace, in the worse of the two stretches
 * @param dashboard the memory of the dashboard's process at the end
 * @param exact whether the published sums equal those of the input, to the cent
 */
public record Latency(
    int rate,
    int seconds,
    int clients,
    Delays quiet,
    Delays killed,
    Pacing pacing,
    ProcessMemory dashboard,
    boolean exact)
    implements BenchResult {
  /** Below that share of its pace the sender, not the system, was measured. */
  private static final double KEPT = 0.99;

  boolean paced() {
    return pacing.perSecond() >= rate * KEPT;
  }

  @Override
  public String json() {
    ObjectNode root = Json.MAPPER.createObjectNode();
    ObjectNode node = root.putObject("latency");
    node.put("rate", rate);
    node.put("seconds", seconds);
    node.put("clients", clients);
    quiet.into(node);
    killed.into(node.putObject("with_redis_killed"));
    node.put("sent_per_second", Math.round(pacing.perSecond()));
    node.put("sender_behind_max_ms", pacing.behindMillis());
    node.put("sender_kept_pace", paced());
    node.put("dashboard_rss_mib", dashboard.resident());
    node.put("dashboard_peak_rss_mib", dashboard.peak());
    node.put("exact", exact);
    return root.toString();
  }

  @Override
  public String text() {
    return String.format(
        Locale.ROOT,
        "at %,d events/s, %d client%s: %s; with Redis killed: %s; sent %,.0f/s, at most %,d ms behind%s;"
            + " dashboard %d MiB (peak %d); result %s",
        rate,
        clients,
        clients == 1 ? "" : "s",
        quiet.words(),
        killed.words(),
        pacing.perSecond(),
        pacing.behindMillis(),
        paced() ? "" : ", which is NOT the rate wanted: read the delays as the sender's",
        dashboard.resident(),
        dashboard.peak(),
        exact ? "exact" : "NOT exact");
  }
}
