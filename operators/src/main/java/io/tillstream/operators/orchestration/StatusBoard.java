package io.tillstream.operators.orchestration;

import java.io.Serializable;
import java.util.Map;

/**
 * Where other systems can look up what the orchestrator last concluded about each agent. Nobody
 * here reads it for a decision. Showing neither blocks nor throws, whether the board is there or
 * not.
 */
public interface StatusBoard extends AutoCloseable {
  /** Shows nothing to nobody. */
  Factory NONE = () -> new Nowhere();

  /**
   * Shows the newest verdicts: whether each agent is healthy, by its name. Must be told again every
   * second or so: what is not repeated fades from the board.
   */
  void show(Map<String, Boolean> healthy);

  @Override
  void close();

  /** Opens a board on the machine where the orchestrator runs. */
  @FunctionalInterface
  interface Factory extends Serializable {
    StatusBoard open();
  }

  /** No board at all. */
  final class Nowhere implements StatusBoard {
    @Override
    public void show(Map<String, Boolean> healthy) {}

    @Override
    public void close() {}
  }
}
