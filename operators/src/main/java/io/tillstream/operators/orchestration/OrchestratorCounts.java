package io.tillstream.operators.orchestration;

import java.util.Map;

/**
 * What the orchestrator did since the job began.
 *
 * @param commands commands taken, repeated ones too
 * @param decisions decisions made
 * @param rejected control records that were no commands
 * @param epoch the epoch of the newest decision, 0 before the first
 */
public record OrchestratorCounts(long commands, long decisions, long rejected, long epoch) {
  static final OrchestratorCounts ZERO = new OrchestratorCounts(0, 0, 0, 0);

  OrchestratorCounts withRejected() {
    return new OrchestratorCounts(commands, decisions, rejected + 1, epoch);
  }

  OrchestratorCounts withCommand(int made, long newEpoch) {
    return new OrchestratorCounts(
        commands + 1, decisions + made, rejected, made == 0 ? epoch : newEpoch);
  }

  Map<String, Long> byName() {
    return Map.of("commands", commands, "decisions", decisions, "rejected", rejected);
  }
}
