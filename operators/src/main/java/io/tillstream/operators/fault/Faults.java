package io.tillstream.operators.fault;

import java.util.ServiceLoader;

/** Finds the {@link FaultPort}, if somebody put one beside the job. */
public final class Faults {

  private Faults() {}

  /**
   * The fault port that {@code loader} knows, or null: then nothing may stand between an agent and
   * its core.
   */
  public static FaultPort find(ClassLoader loader) {
    return ServiceLoader.load(FaultPort.class, loader).findFirst().orElse(null);
  }
}
