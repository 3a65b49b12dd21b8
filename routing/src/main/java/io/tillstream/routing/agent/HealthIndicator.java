package io.tillstream.routing.agent;

/**
 * One thing that tells of an agent's health. It is read each second by the reporter's thread, also
 * while the agent's task is stuck: it takes no lock for long and calls nobody who may not answer.
 */
@FunctionalInterface
public interface HealthIndicator {

  /** Says what it sees: one value or several, each under its name. */
  void read(Readings readings);

  /** Takes values down. */
  @FunctionalInterface
  interface Readings {

    /**
     * One value.
     *
     * @param name lower case with underscores, with the unit at its end where it has one ({@code
     *     redis_probe_ms})
     * @param value left out of the report if it is no number
     */
    void put(String name, double value);

    /** One whole value; far above 10^15 its last digits are lost. */
    default void put(String name, long value) {
      put(name, (double) value);
    }
  }
}
