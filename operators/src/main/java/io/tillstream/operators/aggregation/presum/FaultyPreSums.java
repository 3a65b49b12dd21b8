package io.tillstream.operators.aggregation.presum;

import io.tillstream.operators.fault.FaultPort;
import io.tillstream.operators.figures.EnrichedEvent;

/** {@link PreSums} that fail when somebody wants it. Only a fault port brings them to life. */
final class FaultyPreSums extends PreSums {
  private final String agent;
  private final FaultPort faults;

  FaultyPreSums(long windowMillis, boolean backup, String agent, FaultPort faults) {
    super(windowMillis, backup);
    this.agent = agent;
    this.faults = faults;
  }

  @Override
  public void add(EnrichedEvent enriched) {
    faults.before(agent, enriched.event());
    super.add(enriched);
  }
}
