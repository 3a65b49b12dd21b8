package io.tillstream.operators.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.routing.retry.RetryPolicy;
import io.tillstream.routing.route.Decision;
import io.tillstream.routing.route.Mode;
import io.tillstream.routing.route.RouteState;
import org.junit.jupiter.api.Test;

class DecisionLogTest {

  private static RouteState state(Mode mode, boolean primary, double share) {
    return new RouteState(
        "enrichment", mode, primary, 7, "enrichment", "bypass", share, RetryPolicy.standard());
  }

  private static String sentence(boolean from, RouteState state, Boolean would) {
    return DecisionLog.sentence(
        new Decision(from, state, "Redis does not answer", "orchestrator", 0, null, would));
  }

  @Test
  void aDecisionIsASentence() {
    assertThat(sentence(true, state(Mode.AUTO, false, 0), null))
        .isEqualTo(
            "Route enrichment switches to bypass, mode auto, epoch 7, by orchestrator: "
                + "Redis does not answer");
    assertThat(sentence(false, state(Mode.AUTO, false, 0.05), null))
        .startsWith("Route enrichment stays on bypass and probes enrichment, mode auto");
    assertThat(sentence(true, state(Mode.OBSERVE, true, 0), false))
        .startsWith("Route enrichment stays on enrichment (it would lead to bypass), mode observe");
  }
}
