package io.tillstream.routing.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrchestratorTest {
  private static final OrchestratorState FRESH = OrchestratorState.initial(5);

  private static Input told(String id, String route, Mode mode) {
    return new Input.Told(new Command.SetMode(id, route, mode, "ada"));
  }

  @Test
  void fallbackPinsTheFallback() {
    Step step = Orchestrator.decide(FRESH, told("c1", RouteTable.ENRICHMENT, Mode.FALLBACK), 10);

    assertThat(step.decisions())
        .containsExactly(
            new Decision(
                true,
                new RouteState("enrichment", Mode.FALLBACK, false, 1),
                "ada pinned the fallback; it moves to the fallback",
                "ada",
                10,
                "c1"));
    assertThat(step.state().epoch()).isEqualTo(1);
    RouteEntry entry = step.state().routes().get("enrichment");
    assertThat(entry.state()).isEqualTo(step.decisions().get(0).state());
    assertThat(entry.since()).isEqualTo(10);
    assertThat(entry.switches()).isEqualTo(1);
    assertThat(step.state().routes().get("aggregation"))
        .isEqualTo(FRESH.routes().get("aggregation"));
    assertThat(FRESH.epoch()).isZero();
  }

  @Test
  void everyModeLeadsWhereItSays() {
    OrchestratorState state = FRESH;
    Mode[] modes = {
      Mode.OBSERVE, Mode.FALLBACK, Mode.OBSERVE, Mode.AUTO, Mode.FALLBACK, Mode.PRIMARY
    };
    boolean[] primary = {true, false, false, false, false, true};
    for (int i = 0; i < modes.length; i++) {
      Step step = Orchestrator.decide(state, told("c" + i, "aggregation", modes[i]), 20 + i);
      Decision decision = step.decisions().get(0);
      assertThat(decision.toPrimary()).as("%s", modes[i]).isEqualTo(primary[i]);
      assertThat(decision.fromPrimary())
          .isEqualTo(state.routes().get("aggregation").state().primary());
      assertThat(decision.mode()).isEqualTo(modes[i]);
      assertThat(decision.epoch()).isEqualTo(i + 1);
      state = step.state();
    }
  }

  @Test
  void aRepeatedWishMakesADecisionAndKeepsTheTime() {
    OrchestratorState once =
        Orchestrator.decide(FRESH, told("c1", "enrichment", Mode.FALLBACK), 10).state();
    Step again = Orchestrator.decide(once, told("c2", "enrichment", Mode.FALLBACK), 30);

    assertThat(again.decisions()).hasSize(1);
    assertThat(again.decisions().get(0).epoch()).isEqualTo(2);
    assertThat(again.decisions().get(0).reason()).endsWith("it stays on the fallback");
    assertThat(again.state().routes().get("enrichment").since()).isEqualTo(10);
  }

  @Test
  void aCommandIsCarriedOutOnce() {
    OrchestratorState once =
        Orchestrator.decide(FRESH, told("c1", "enrichment", Mode.FALLBACK), 10).state();
    for (String route : Orchestrator.ROUTES) {
      Step again = Orchestrator.decide(once, told("c1", route, Mode.PRIMARY), 10);
      assertThat(again.decisions()).isEmpty();
      assertThat(again.state().remembered()).isEqualTo(once.remembered());
    }
  }

  @Test
  void aHundredCommandsAreRemembered() {
    OrchestratorState state = FRESH;
    for (int i = 0; i <= OrchestratorState.REMEMBERED; i++) {
      state = Orchestrator.decide(state, told("c" + i, "enrichment", Mode.AUTO), i).state();
    }
    assertThat(state.recentCommands()).hasSize(100).startsWith("c1").endsWith("c100");
    assertThat(Orchestrator.decide(state, told("c1", "enrichment", Mode.AUTO), 200).decisions())
        .isEmpty();
    assertThat(Orchestrator.decide(state, told("c0", "enrichment", Mode.AUTO), 200).decisions())
        .hasSize(1);
  }

  @Test
  void aRouteThatAnOlderStateDoesNotKnowIsDecidedToo() {
    OrchestratorState old = new OrchestratorState(Map.of(), 7, List.of());
    Step step = Orchestrator.decide(old, told("c1", "aggregation", Mode.FALLBACK), 10);
    assertThat(step.decisions().get(0).fromPrimary()).isTrue();
    assertThat(step.decisions().get(0).epoch()).isEqualTo(8);
    assertThat(step.state().routes()).containsOnlyKeys("aggregation", "enrichment");
  }
}
