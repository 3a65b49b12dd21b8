package io.tillstream.jobs;

import io.tillstream.operators.fault.FaultPort;
import io.tillstream.routing.event.ShopEvent;

/** Faults as a test makes them; none until it does. */
public final class MadeFaults implements FaultPort {
  private static final FaultPort NONE = (agent, event) -> {};
  private static volatile FaultPort made = NONE;

  static void make(FaultPort faults) {
    made = faults;
  }

  static void end() {
    made = NONE;
  }

  @Override
  public void before(String agent, ShopEvent event) {
    made.before(agent, event);
  }
}
