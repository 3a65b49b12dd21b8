package io.tillstream.local.status;

/**
 * The job as Flink sees it.
 *
 * @param state Flink's word, or {@code UNREACHABLE} while no JobManager answers
 */
record JobView(String id, String state, long restarts) {
  static final String UNREACHABLE = "UNREACHABLE";
}
