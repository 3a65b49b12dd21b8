package io.tillstream.routing.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.plan.RoutePlan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people say goes: pins, observation, other plans. */
class PeopleTest {
  private final Stage stage = Stage.calm();

  @Test
  void aPinIsNeverOverruled() {
    stage.tell("c1", "enrichment", Mode.PRIMARY);
    stage.become(stage.lookup0, AgentState.FAILED, "dead");
    assertThat(stage.pass(60_000)).isEmpty();
    stage.tell("c2", "enrichment", Mode.FALLBACK);
    stage.become(stage.lookup0, AgentState.RUNNING, null);
    assertThat(stage.pass(60_000)).isEmpty();
    assertThat(stage.enrichment().state().primary()).isFalse();
  }

  @Test
  void handedBackItGoesToAPrimaryThatIsWellAtOnce() {
    stage.tell("c1", "enrichment", Mode.FALLBACK);
    stage.pass(1_000);
    List<Decision> decisions = stage.tell("c2", "enrichment", Mode.AUTO);
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).toPrimary()).isTrue();
    assertThat(decisions.get(0).by()).isEqualTo("ada");
    assertThat(decisions.get(0).commandId()).isEqualTo("c2");
    assertThat(decisions.get(0).reason())
        .isEqualTo(
            "ada left it to the orchestrator; enrichment is well since 5 s;"
                + " it moves to the primary");
  }

  @Test
  void handedBackItKeepsAFallbackThatIsNeeded() {
    stage.tell("c1", "enrichment", Mode.FALLBACK);
    stage.become(stage.lookup0, AgentState.FAILED, "dead");
    stage.pass(5_000);
    List<Decision> decisions = stage.tell("c2", "enrichment", Mode.AUTO);
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).reason())
        .isEqualTo("ada left it to the orchestrator; it stays on the fallback");
    assertThat(stage.pass(5_000)).isEmpty();
    stage.become(stage.lookup0, AgentState.RUNNING, null);
    stage.pass(5_000);
    assertThat(stage.enrichment().state().primary()).isTrue();
  }

  @Test
  void handedBackItLeavesAPrimaryThatIsIll() {
    stage.tell("c1", "enrichment", Mode.PRIMARY);
    stage.become(stage.lookup0, AgentState.FAILED, "dead");
    stage.pass(5_000);
    List<Decision> decisions = stage.tell("c2", "enrichment", Mode.AUTO);
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).toPrimary()).isFalse();
    assertThat(decisions.get(0).commandId()).isEqualTo("c2");
    assertThat(decisions.get(0).reason())
        .isEqualTo(
            "ada left it to the orchestrator; enrichment/look-up 1 of 2 failed since 5 s: dead;"
                + " it moves to the fallback");
  }

  @Test
  void autoSaidAgainDisturbsNoTry() {
    stage.become(stage.lookup0, AgentState.FAILED, "dead");
    stage.pass(3_000);
    stage.become(stage.lookup0, AgentState.RUNNING, null);
    stage.pass(1_600);
    assertThat(stage.enrichment().phase()).isEqualTo(Phase.PROBING);
    List<Decision> decisions = stage.tell("c1", "enrichment", Mode.AUTO);
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).state().probeShare()).isEqualTo(0.05);
    assertThat(stage.enrichment().phase()).isEqualTo(Phase.PROBING);
  }

  @Test
  void aPinEndsATry() {
    stage.become(stage.lookup0, AgentState.FAILED, "dead");
    stage.pass(3_000);
    stage.become(stage.lookup0, AgentState.RUNNING, null);
    stage.pass(1_600);
    List<Decision> decisions = stage.tell("c1", "enrichment", Mode.FALLBACK);
    assertThat(decisions.get(0).state().probeShare()).isZero();
    assertThat(stage.enrichment().phase()).isEqualTo(Phase.FALLBACK);
  }

  @Test
  void observedItSaysEachOpinionOnceAndMovesNothing() {
    List<Decision> told = stage.tell("c1", "enrichment", Mode.OBSERVE);
    assertThat(told.get(0).wouldPrimary()).isTrue();
    List<Decision> decisions = stage.become(stage.lookup0, AgentState.FAILED, "dead");
    assertThat(decisions).hasSize(1);
    Decision opinion = decisions.get(0);
    assertThat(opinion.fromPrimary()).isTrue();
    assertThat(opinion.toPrimary()).isTrue();
    assertThat(opinion.wouldPrimary()).isFalse();
    assertThat(opinion.mode()).isEqualTo(Mode.OBSERVE);
    assertThat(opinion.reason())
        .isEqualTo("would move to the fallback: enrichment/look-up 1 of 2 failed: dead");
    assertThat(stage.enrichment().would()).isFalse();
    assertThat(stage.enrichment().switches()).isZero();
    assertThat(stage.pass(30_000)).isEmpty();

    stage.become(stage.lookup0, AgentState.RUNNING, null);
    decisions = stage.pass(30_000);
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).wouldPrimary()).isTrue();
    assertThat(decisions.get(0).toPrimary()).isTrue();
    assertThat(decisions.get(0).state().probeShare()).isZero();
    assertThat(decisions.get(0).reason()).startsWith("would move to the primary: enrichment is");
    assertThat(stage.enrichment().fallbackMillis()).isZero();
  }

  @Test
  void observedOnTheFallbackItStaysThere() {
    stage.tell("c1", "enrichment", Mode.FALLBACK);
    stage.tell("c2", "enrichment", Mode.OBSERVE);
    List<Decision> decisions = stage.pass(30_000);
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).toPrimary()).isFalse();
    assertThat(decisions.get(0).wouldPrimary()).isTrue();
    stage.tell("c3", "enrichment", Mode.AUTO);
    assertThat(stage.enrichment().state().primary()).isTrue();
    assertThat(stage.enrichment().would()).isNull();
  }

  @Test
  void aPlanIsAppliedAtOnce() {
    RoutePlan other =
        Stage.plan("redis_probe_ms > 150 clears 75 for PT2.5S", "redis_probe_ms > 10");
    stage.lookup0.indicators.put("redis_probe_ms", 20.0);
    stage.pass(5_000);
    List<Decision> decisions = stage.apply("c1", other);
    assertThat(decisions).hasSize(2);
    assertThat(decisions.get(0).reason())
        .isEqualTo(
            "ada applied version 2 of the routes; enrichment/look-up (subtask 0):"
                + " redis_probe_ms is 20, the condition is > 10; it moves to the fallback");
    assertThat(decisions.get(0).commandId()).isEqualTo("c1");
    assertThat(decisions.get(1).reason())
        .isEqualTo("ada applied version 2 of the routes; it stays on the primary");
    assertThat(decisions.get(1).fromPrimary()).isTrue();
    assertThat(decisions.get(1).epoch()).isEqualTo(decisions.get(0).epoch() + 1);
    assertThat(stage.state.planVersion()).isEqualTo(2);
    assertThat(stage.state.plan()).isEqualTo(other);
    assertThat(stage.apply("c1", RoutePlan.standard())).isEmpty();
  }

  @Test
  void aPlansAgentsSharesAndRetriesGoOutWithTheDecisions() {
    RoutePlan other = Stage.plan("max_retries: 3", "max_retries: 1", "PT0.2S", "PT2S");
    List<Decision> decisions = stage.apply("c1", other);
    for (Decision decision : decisions) {
      assertThat(decision.state().retry().maxRetries()).isEqualTo(1);
      assertThat(decision.state().retry().maxDelay()).isEqualTo(Duration.ofSeconds(2));
      assertThat(decision.toPrimary()).isTrue();
    }
    stage.become(stage.lookup0, AgentState.FAILED, "dead");
    stage.pass(2_000);
    stage.become(stage.lookup0, AgentState.RUNNING, null);
    stage.pass(1_600);
    assertThat(stage.enrichment().phase()).isEqualTo(Phase.PROBING);
    decisions = stage.apply("c2", Stage.plan("probe_share: 0.05", "probe_share: 0.5"));
    assertThat(decisions.get(0).state().probeShare()).isEqualTo(0.5);
    assertThat(decisions.get(0).toPrimary()).isFalse();
  }

  @Test
  void aSubmitWithOtherRoutesTakesThem() {
    RoutePlan other = Stage.plan("dwell: PT2S", "dwell: PT3S");
    Stage fresh = new Stage();
    List<Decision> decisions = fresh.decide(new Input.Started(1, 0, other));
    assertThat(decisions).hasSize(2);
    assertThat(decisions.get(0).reason())
        .isEqualTo("the job was started with version 1 of the routes; it stays on the primary");
    assertThat(decisions.get(0).by()).isEqualTo("orchestrator");
    assertThat(fresh.state.plan()).isEqualTo(other);

    assertThat(fresh.decide(new Input.Started(2, 1, other))).isEmpty();
    assertThat(fresh.decide(new Input.Started(2, 0, RoutePlan.standard()))).hasSize(2);
    assertThat(fresh.state.planVersion()).isEqualTo(2);
    assertThat(fresh.state.plan()).isEqualTo(RoutePlan.standard());
  }

  @Test
  void aRestartKeepsWhatWasAppliedAtRunTime() {
    RoutePlan other = Stage.plan("dwell: PT2S", "dwell: PT3S");
    stage.decide(new Input.Started(1, 0, RoutePlan.standard()));
    stage.apply("c1", other);
    stage.state = stage.state.remembered();
    assertThat(stage.decide(new Input.Started(2, 1, RoutePlan.standard()))).isEmpty();
    assertThat(stage.state.plan()).isEqualTo(other);
    assertThat(stage.state.planVersion()).isEqualTo(2);
  }
}
