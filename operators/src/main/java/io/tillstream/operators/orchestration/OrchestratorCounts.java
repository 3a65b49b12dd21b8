package io.tillstream.operators.orchestration;

import java.util.Map;

/**
 * What the orchestrator did since the job began.
 *
 * @param commands commands taken, repeated ones too
 * @param decisions decisions made
 * @param rejected control records that were no commands
 * @param badReports records of the bus that were no reports
 */
public record OrchestratorCounts(long commands, long decisions, long rejected, long badReports) {
  static final OrchestratorCounts ZERO = new OrchestratorCounts(0, 0, 0, 0);

  OrchestratorCounts withCommand() {
    return new OrchestratorCounts(commands + 1, decisions, rejected, badReports);
  }

  OrchestratorCounts withDecision() {
    return new OrchestratorCounts(commands, decisions + 1, rejected, badReports);
  }

  OrchestratorCounts withRejected() {
    return new OrchestratorCounts(commands, decisions, rejected + 1, badReports);
  }

  OrchestratorCounts withBadReport() {
    return new OrchestratorCounts(commands, decisions, rejected, badReports + 1);
  }

  Map<String, Long> byName() {
    return Map.of(
        "commands",
        commands,
        "decisions",
        decisions,
        "rejected",
        rejected,
        "bad_reports",
        badReports);
  }
}
