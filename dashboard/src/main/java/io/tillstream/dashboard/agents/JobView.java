package io.tillstream.dashboard.agents;

/**
 * The job as Flink sees it.
 *
 * @param state Flink's word, or {@code UNREACHABLE} while no JobManager answers
 */
public record JobView(String id, String state, long restarts) {
  public static final String UNREACHABLE = "UNREACHABLE";
}
