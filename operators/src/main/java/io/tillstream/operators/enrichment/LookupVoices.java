package io.tillstream.operators.enrichment;

import io.tillstream.operators.enrichment.lookup.LookupService;
import io.tillstream.operators.report.Gauges;
import io.tillstream.operators.report.Voices;
import io.tillstream.routing.agent.AgentVoice;
import io.tillstream.routing.agent.HealthIndicator;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/** What every part of the agent says of its look-ups. */
public final class LookupVoices {

  private LookupVoices() {}

  /**
   * The voice of a part that fails while the catalog does not answer; its figures are gauges too.
   */
  public static AgentVoice of(
      String part,
      RuntimeContext context,
      ProcessingTimeService time,
      MetricGroup metrics,
      LookupService service) {
    HealthIndicator lookups = out -> service.stats().read(out);
    Gauges.of(metrics, lookups);
    return Voices.of(Enrichment.AGENT, part, context.getTaskInfo(), time)
        .failing(() -> !service.isHealthy())
        .note(service::trouble)
        .errorRate(() -> service.stats().errorRate())
        .health(lookups);
  }
}
