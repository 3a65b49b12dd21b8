package io.tillstream.operators.report;

import io.tillstream.routing.agent.HealthIndicator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** Health indicators as Flink's gauges. */
public final class Gauges {

  private Gauges() {}

  /** A gauge for each value the indicator has now, under the same name. */
  public static void of(MetricGroup group, HealthIndicator indicator) {
    for (String name : readings(indicator).keySet()) {
      // Null where the value has become absent.
      Gauge<Double> gauge = () -> readings(indicator).get(name);
      group.gauge(name, gauge);
    }
  }

  private static Map<String, Double> readings(HealthIndicator indicator) {
    Map<String, Double> values = new LinkedHashMap<>();
    indicator.read(values::put);
    return values;
  }
}
