package io.tillstream.operators.aggregation.sums;

import io.tillstream.routing.agent.ReportChannel;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the sums need of the world.
 *
 * @param published the own output, read back; null to supersede nothing after a crash
 * @param submitOffsets the ends of the output's partitions when the job was submitted: without a
 *     checkpoint, rows of lost attempts stand from there on
 * @param initialVersion versions of a job without a checkpoint are above it
 * @param reports where the agent reports; null for nowhere
 * @param trends what gathers trending; null for nothing
 */
public record SumsPorts(
    PublishedRows.Factory published,
    TreeMap<Integer, Long> submitOffsets,
    long initialVersion,
    ReportChannel.Factory reports,
    TrendSink.Factory trends)
    implements Serializable {

  /** Ports that supersede, report and gather nothing; each can be added. */
  public static SumsPorts of(long initialVersion) {
    return new SumsPorts(null, new TreeMap<>(), initialVersion, null, null);
  }

  /** With the own output to be read back. */
  public SumsPorts withPublished(PublishedRows.Factory rows, Map<Integer, Long> offsetsAtSubmit) {
    return new SumsPorts(rows, new TreeMap<>(offsetsAtSubmit), initialVersion, reports, trends);
  }

  /** With reports. */
  public SumsPorts withReports(ReportChannel.Factory channel) {
    return new SumsPorts(published, submitOffsets, initialVersion, channel, trends);
  }

  /** With trending. */
  public SumsPorts withTrends(TrendSink.Factory sink) {
    return new SumsPorts(published, submitOffsets, initialVersion, reports, sink);
  }
}
