package io.tillstream.operators.fault;

import io.tillstream.routing.event.ShopEvent;

/** A fault port that tests arm; it does nothing until then. */
public final class ArmedFaults implements FaultPort {
  private static volatile FaultPort armed = (agent, event) -> {};

  /** From now on every call goes to {@code port}. */
  public static void arm(FaultPort port) {
    armed = port;
  }

  /** No more faults. */
  public static void disarm() {
    armed = (agent, event) -> {};
  }

  @Override
  public void before(String agent, ShopEvent event) {
    armed.before(agent, event);
  }
}
