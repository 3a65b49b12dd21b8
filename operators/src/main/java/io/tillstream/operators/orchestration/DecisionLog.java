package io.tillstream.operators.orchestration;

import io.tillstream.routing.route.Decision;
import io.tillstream.routing.route.RouteState;
import io.tillstream.routing.route.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log, once and in a sentence, what the orchestrator decided. */
final class DecisionLog {
  static final String HOLDING = "holding every route where it is until the agents are heard";

  private static final String HEARD = "The agents are heard: routes follow them again";

  private static final Logger LOG = LoggerFactory.getLogger(DecisionLog.class);

  private Boolean holding; // null before the first step: every start begins with holding

  void tell(Step step) {
    boolean holds = step.state().holding();
    boolean turned = holding != null && holds != holding;
    holding = holds;
    if (turned) {
      LOG.info(holds ? "No agent is heard: " + HOLDING : HEARD);
    }
    for (Decision decision : step.decisions()) {
      // That all routes are held, or no longer, is told once and not by route.
      boolean moves = decision.fromPrimary() != decision.toPrimary();
      if (!turned || moves || decision.commandId() != null) {
        LOG.info(sentence(decision));
      }
    }
  }

  /** One sentence for people. */
  static String sentence(Decision decision) {
    RouteState state = decision.state();
    StringBuilder text = new StringBuilder("Route ").append(decision.route());
    if (decision.fromPrimary() != decision.toPrimary()) {
      text.append(" switches to ");
    } else {
      text.append(" stays on ");
    }
    text.append(state.primary() ? state.primaryAgent() : state.fallbackAgent());
    if (!state.primary() && state.probeShare() > 0) {
      text.append(" and probes ").append(state.primaryAgent());
    }
    if (decision.wouldPrimary() != null) {
      text.append(" (it would lead to ")
          .append(decision.wouldPrimary() ? state.primaryAgent() : state.fallbackAgent())
          .append(')');
    }
    return text.append(", mode ")
        .append(decision.mode().text())
        .append(", epoch ")
        .append(decision.epoch())
        .append(", by ")
        .append(decision.by())
        .append(": ")
        .append(decision.reason())
        .toString();
  }
}
