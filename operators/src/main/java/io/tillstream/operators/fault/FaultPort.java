package io.tillstream.operators.fault;

import io.tillstream.routing.event.ShopEvent;

/**
 * Where faults are let into an agent's core: a drill or a test puts an implementation beside the
 * job, named in {@code META-INF/services}. Called by the task's thread.
 */
public interface FaultPort {

  /**
   * Called before an agent's core takes an event, at every try. What it throws the core would have
   * thrown, before it changed anything: a {@link RuntimeException} is a failure of the agent, an
   * {@link Error} one of the process.
   *
   * @param agent the agent's name, such as {@code aggregation}
   */
  void before(String agent, ShopEvent event);
}
