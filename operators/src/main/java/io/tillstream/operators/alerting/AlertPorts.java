package io.tillstream.operators.alerting;

import io.tillstream.operators.alerting.watch.ToldAlerts;
import io.tillstream.routing.agent.ReportChannel;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the alert agent needs of the world.
 *
 * @param told the own alerts, read back; null to take up nothing after a crash
 * @param submitOffsets the ends of the alerts' partitions when the job was submitted: without a
 *     checkpoint, what lost attempts told stands from there on
 * @param submitted when that was, in epoch milliseconds
 * @param reports where the agent reports; null for nowhere
 */
public record AlertPorts(
    ToldAlerts.Factory told,
    TreeMap<Integer, Long> submitOffsets,
    long submitted,
    ReportChannel.Factory reports)
    implements Serializable {

  /** Ports that take up nothing; it can be added. */
  public static AlertPorts of(long submitted, ReportChannel.Factory reports) {
    return new AlertPorts(null, new TreeMap<>(), submitted, reports);
  }

  /** With the own alerts to be read back. */
  public AlertPorts withTold(ToldAlerts.Factory alerts, Map<Integer, Long> offsetsAtSubmit) {
    return new AlertPorts(alerts, new TreeMap<>(offsetsAtSubmit), submitted, reports);
  }
}
