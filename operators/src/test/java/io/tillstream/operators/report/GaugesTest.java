package io.tillstream.operators.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class GaugesTest {
  private final Map<String, Gauge<?>> gauges = new HashMap<>();

  private final class Group extends UnregisteredMetricsGroup {
    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      gauges.put(name, gauge);
      return gauge;
    }
  }

  @Test
  void eachValueIsAGaugeOfItsOwn() {
    AtomicInteger queue = new AtomicInteger(3);
    Gauges.of(
        new Group(),
        out -> {
          out.put("queue", queue.get());
          out.put("pool", 2);
        });
    assertThat(gauges).containsOnlyKeys("queue", "pool");
    assertThat(gauges.get("queue").getValue()).isEqualTo(3.0);
    queue.set(4);
    assertThat(gauges.get("queue").getValue()).isEqualTo(4.0);
    assertThat(gauges.get("pool").getValue()).isEqualTo(2.0);
  }
}
