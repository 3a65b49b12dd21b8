package io.tillstream.operators.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.util.clock.ManualClock;
import org.junit.jupiter.api.Test;

class CheckpointAgeTest {
  private final ManualClock clock = new ManualClock();
  private final CheckpointAge age = new CheckpointAge(clock);

  private Map<String, Double> read() {
    Map<String, Double> values = new HashMap<>();
    age.read(values::put);
    return values;
  }

  @Test
  void absentBeforeTheFirst() {
    assertThat(read()).isEmpty();
  }

  @Test
  void theTimeSinceTheLast() {
    age.completed();
    clock.advanceTime(Duration.ofSeconds(7));
    assertThat(read()).isEqualTo(Map.of("checkpoint_age_ms", 7_000.0));
    age.completed();
    assertThat(read()).isEqualTo(Map.of("checkpoint_age_ms", 0.0));
  }
}
