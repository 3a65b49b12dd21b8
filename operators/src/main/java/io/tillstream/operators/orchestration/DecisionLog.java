package io.tillstream.operators.orchestration;

import io.tillstream.routing.route.Decision;
import io.tillstream.routing.route.RouteState;
import io.tillstream.routing.route.Step;
import org.slf4j.Logger;

/** Tells in the log, once and in a sentence, what the orchestrator decided. */
final class DecisionLog {
  static final String HOLDING = "holding every route where it is until the agents are heard";

  private static final String HEARD = "The agents are heard: routes follow them again";

  private final Logger log;
  private Boolean holding; // null before the first step: every start begins with holding

  DecisionLog(Logger log) {
    this.log = log;
  }

  void tell(Step step) {
    boolean holds = step.state().holding();
    boolean turned = holding != null && holds != holding;
    for (Decision decision : step.decisions()) {
      // That all routes are held, or no longer, is told once and not by route.
      if (!turned || decision.fromPrimary() != decision.toPrimary()) {
        log.info(sentence(decision));
      }
    }
    holding = holds;
    if (turned) {
      log.info(holds ? "No agent is heard: " + HOLDING : HEARD);
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
