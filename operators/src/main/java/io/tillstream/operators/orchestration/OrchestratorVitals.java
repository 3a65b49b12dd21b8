package io.tillstream.operators.orchestration;

import io.tillstream.routing.agent.HealthIndicator;
import io.tillstream.routing.route.OrchestratorState;
import io.tillstream.routing.route.OrchestratorStateCodec;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongSupplier;

/** How the orchestrator itself is: how old its last checkpoint is, how long nobody was heard. */
final class OrchestratorVitals implements HealthIndicator {
  private static final OrchestratorStateCodec CODEC = new OrchestratorStateCodec();

  private final LongSupplier millis;
  private volatile long checkpointedAt;
  private volatile long heardAt;
  private volatile long stateBytes;

  OrchestratorVitals(LongSupplier millis) {
    this.millis = millis;
    this.checkpointedAt = millis.getAsLong();
    this.heardAt = checkpointedAt;
  }

  void heard() {
    heardAt = millis.getAsLong();
  }

  void checkpointed() {
    checkpointedAt = millis.getAsLong();
  }

  void stored(OrchestratorState state) throws IOException {
    DataOutputStream size = new DataOutputStream(OutputStream.nullOutputStream());
    CODEC.write(state, size);
    stateBytes = size.size();
  }

  @Override
  public void read(Readings readings) {
    long now = millis.getAsLong();
    readings.put("checkpoint_age_ms", (double) (now - checkpointedAt));
    readings.put("bus_silence_ms", (double) (now - heardAt));
    readings.put("state_bytes", (double) stateBytes);
  }
}
