package io.tillstream.operators.orchestration;

import org.apache.flink.api.java.functions.KeySelector;

/** Brings all control records to the one orchestrator. */
public final class ControlKey implements KeySelector<ControlMessage, String> {
  private static final long serialVersionUID = 1L;
  private static final String KEY = "orchestrator";

  @Override
  public String getKey(ControlMessage message) {
    return KEY;
  }
}
