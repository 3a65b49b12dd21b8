package io.tillstream.routing.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.plan.RoutePlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From the primary to the fallback and back, as the orchestrator decides by itself. */
class PhasesTest {
  private static final String DEAD = "Redis at 127.0.0.1:6379 does not answer";

  private final Stage stage = Stage.calm();

  @Test
  void nothingHappensWhileAllAreWell() {
    assertThat(stage.pass(600_000)).isEmpty();
    assertThat(stage.decisions).isEmpty();
    assertThat(stage.state.holding()).isFalse();
  }

  @Test
  void aReportedFailureLeavesAtOnce() {
    List<Decision> decisions = stage.become(stage.lookup1, AgentState.FAILED, DEAD);

    assertThat(decisions).hasSize(1);
    Decision decision = decisions.get(0);
    assertThat(decision.route()).isEqualTo("enrichment");
    assertThat(decision.fromPrimary()).isTrue();
    assertThat(decision.toPrimary()).isFalse();
    assertThat(decision.mode()).isEqualTo(Mode.AUTO);
    assertThat(decision.by()).isEqualTo("orchestrator");
    assertThat(decision.at()).isEqualTo(stage.now);
    assertThat(decision.commandId()).isNull();
    assertThat(decision.wouldPrimary()).isNull();
    assertThat(decision.epoch()).isEqualTo(1);
    assertThat(decision.reason())
        .isEqualTo("enrichment/look-up 1 of 2 failed: " + DEAD + "; it moves to the fallback");
    assertThat(stage.enrichment().phase()).isEqualTo(Phase.FALLBACK);
    assertThat(stage.enrichment().since()).isEqualTo(stage.now);
    assertThat(stage.sums().state().primary()).isTrue();
    assertThat(stage.state.verdicts().get("enrichment"))
        .isEqualTo(
            new Verdict(false, AgentState.FAILED, "enrichment/look-up 1 of 2 failed: " + DEAD));
  }

  @Test
  void itReturnsByATry() {
    stage.become(stage.lookup0, AgentState.FAILED, DEAD);
    stage.become(stage.lookup1, AgentState.FAILED, DEAD);
    assertThat(stage.pass(12_000)).isEmpty();
    assertThat(stage.state.verdicts().get("enrichment").reason())
        .isEqualTo("enrichment/look-up 2 of 2 failed since 12 s: " + DEAD);
    stage.become(stage.lookup0, AgentState.RUNNING, null);
    assertThat(stage.pass(5_000)).isEmpty();
    stage.become(stage.lookup1, AgentState.RUNNING, null);
    long wellAt = stage.now;

    List<Decision> decisions = stage.pass(20_000);
    assertThat(decisions).hasSize(2);
    Decision tried = decisions.get(0);
    assertThat(tried.fromPrimary()).isFalse();
    assertThat(tried.toPrimary()).isFalse();
    assertThat(tried.state().probeShare()).isEqualTo(0.05);
    assertThat(tried.at() - wellAt).isBetween(1_500L, 1_800L);
    assertThat(tried.reason())
        .isEqualTo(
            "enrichment is well since 1.6 s, and 5 % of the records try it;"
                + " it stays on the fallback");
    Decision back = decisions.get(1);
    assertThat(back.fromPrimary()).isFalse();
    assertThat(back.toPrimary()).isTrue();
    assertThat(back.state().probeShare()).isZero();
    assertThat(back.at() - wellAt).isBetween(3_000L, 4_000L);
    assertThat(back.reason())
        .isEqualTo("enrichment is well since 3.2 s, also when tried; it moves to the primary");
    assertThat(stage.enrichment().switches()).isEqualTo(2);
    assertThat(stage.enrichment().fallbackMillis()).isBetween(20_000L, 21_000L);
    assertThat(stage.sums().fallbackMillis()).isZero();
  }

  @Test
  void aTryThatFailsMakesNobodyWaitLonger() {
    stage.become(stage.lookup0, AgentState.FAILED, DEAD);
    stage.pass(3_000);
    stage.become(stage.lookup0, AgentState.RUNNING, null);
    for (int i = 0; i < 5; i++) {
      assertThat(stage.pass(1_600)).hasSize(1);
      assertThat(stage.enrichment().phase()).isEqualTo(Phase.PROBING);
      List<Decision> decisions = stage.become(stage.lookup0, AgentState.FAILED, "again");
      assertThat(decisions).hasSize(1);
      assertThat(decisions.get(0).toPrimary()).isFalse();
      assertThat(decisions.get(0).fromPrimary()).isFalse();
      assertThat(decisions.get(0).state().probeShare()).isZero();
      assertThat(decisions.get(0).reason())
          .isEqualTo(
              "the try failed, enrichment/look-up 1 of 2 failed: again;"
                  + " it stays on the fallback");
      assertThat(stage.enrichment().phase()).isEqualTo(Phase.FALLBACK);
      stage.become(stage.lookup0, AgentState.RUNNING, null);
    }
    stage.pass(4_000);
    assertThat(stage.enrichment().state().primary()).isTrue();
    assertThat(stage.enrichment().returns()).isEqualTo(1);
  }

  @Test
  void nobodyReturnsUnheard() {
    stage.become(stage.lookup0, AgentState.FAILED, DEAD);
    stage.pass(3_000);
    stage.become(stage.lookup0, AgentState.RUNNING, null);
    stage.pass(1_000);
    stage.lookup1.mute = true;
    stage.pass(2_600);
    assertThat(stage.enrichment().phase()).isEqualTo(Phase.PROBING);
    stage.say(stage.lookup1);
    stage.pass(200);
    assertThat(stage.enrichment().phase()).isEqualTo(Phase.PRIMARY);
  }

  @Test
  void whoFailsRightAfterASwitchIsLeftWhenTheDwellIsOver() {
    stage.become(stage.lookup0, AgentState.FAILED, DEAD);
    stage.become(stage.lookup0, AgentState.RUNNING, null);
    stage.pass(4_000);
    assertThat(stage.enrichment().phase()).isEqualTo(Phase.PRIMARY);
    long returned = stage.enrichment().since();
    assertThat(stage.become(stage.lookup0, AgentState.FAILED, DEAD)).isEmpty();
    List<Decision> decisions = stage.pass(3_000);
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).at() - returned).isBetween(2_000L, 2_200L);
  }

  @Test
  void eachReturnInARowTakesLonger() {
    long[] waits = {1_500, 3_000, 6_000, 8_000, 8_000};
    for (long wait : waits) {
      stage.become(stage.lookup0, AgentState.FAILED, DEAD);
      stage.pass(3_000);
      assertThat(stage.enrichment().phase()).isEqualTo(Phase.FALLBACK);
      stage.become(stage.lookup0, AgentState.RUNNING, null);
      long wellAt = stage.now;
      while (!stage.enrichment().state().primary()) {
        stage.pass(200);
      }
      assertThat(stage.now - wellAt).isBetween(wait + 1_500, wait + 3_000);
      stage.pass(3_000);
    }
    stage.pass(60_000);
    assertThat(stage.enrichment().returns()).isZero();
    stage.become(stage.lookup0, AgentState.FAILED, DEAD);
    stage.become(stage.lookup0, AgentState.RUNNING, null);
    stage.pass(4_200);
    assertThat(stage.enrichment().state().primary()).isTrue();
  }

  @Test
  void flappingMakesFewSwitches() {
    for (int i = 0; i < 30; i++) {
      stage.become(stage.lookup0, AgentState.FAILED, DEAD);
      stage.become(stage.lookup1, AgentState.FAILED, DEAD);
      stage.pass(1_000);
      stage.become(stage.lookup0, AgentState.RUNNING, null);
      stage.become(stage.lookup1, AgentState.RUNNING, null);
      stage.pass(1_000);
    }
    stage.pass(30_000);
    assertThat(stage.enrichment().state().primary()).isTrue();
    assertThat(stage.enrichment().switches()).isLessThanOrEqualTo(6);
  }

  @Test
  void slowFlappingIsDamped() {
    for (int i = 0; i < 10; i++) {
      stage.become(stage.lookup0, AgentState.FAILED, DEAD);
      stage.pass(3_000);
      stage.become(stage.lookup0, AgentState.RUNNING, null);
      stage.pass(6_000);
    }
    assertThat(stage.enrichment().switches()).isBetween(2L, 6L);
    stage.pass(30_000);
    assertThat(stage.enrichment().state().primary()).isTrue();
  }

  @Test
  void slowRedisIsLeftByItsIndicatorAndComesBackByItsClearBound() {
    stage.lookup0.indicators.put("redis_probe_ms", 200.5);
    long slowAt = stage.now;
    List<Decision> decisions = stage.pass(5_000);
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).at() - slowAt).isLessThan(4_500);
    assertThat(decisions.get(0).reason())
        .isEqualTo(
            "enrichment/look-up (subtask 0): redis_probe_ms is 200.5 since 2.6 s,"
                + " the condition is > 150; it moves to the fallback");
    assertThat(stage.state.verdicts().get("enrichment").healthy()).isFalse();
    assertThat(stage.state.verdicts().get("enrichment").state()).isEqualTo(AgentState.RUNNING);

    stage.lookup0.indicators.put("redis_probe_ms", 80.0);
    assertThat(stage.pass(20_000)).isEmpty();
    stage.lookup0.indicators.put("redis_probe_ms", 74.0);
    assertThat(stage.pass(6_000)).hasSize(2);
    assertThat(stage.enrichment().state().primary()).isTrue();
    stage.lookup0.indicators.put("redis_probe_ms", 80.0);
    assertThat(stage.pass(60_000)).isEmpty();
  }

  @Test
  void oneSlowReportIsNotEnough() {
    for (int i = 0; i < 50; i++) {
      stage.lookup0.indicators.put("redis_probe_ms", 200.5);
      stage.pass(1_000);
      stage.lookup0.indicators.put("redis_probe_ms", 1.5);
      stage.pass(1_000);
    }
    assertThat(stage.decisions).isEmpty();
  }

  @Test
  void anErrorRateMovesTheSumsToTheBackupAndBackWithinTheBounds() {
    long brokenAt = stage.now;
    stage.aggregation.errorRate = 0.25;
    List<Decision> decisions = stage.pass(2_000);
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).at() - brokenAt).isLessThan(2_000);
    assertThat(decisions.get(0).state().fallbackAgent()).isEqualTo("backup-aggregation");
    stage.aggregation.errorRate = 1;
    stage.pass(10_000);
    // Healed; the window goes on for another five seconds.
    long healedAt = stage.now;
    stage.pass(5_000);
    stage.aggregation.errorRate = 0;
    while (!stage.sums().state().primary()) {
      stage.pass(200);
    }
    assertThat(stage.now - healedAt).isLessThanOrEqualTo(10_000);
  }

  @Test
  void whoFallsSilentIsStale() {
    stage.lookup1.mute = true;
    long silentAt = stage.now;
    List<Decision> decisions = stage.pass(10_000);
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).at() - silentAt).isBetween(4_000L, 4_400L);
    assertThat(decisions.get(0).reason())
        .isEqualTo("enrichment/look-up 1 of 2 silent since 4.2 s; it moves to the fallback");
    assertThat(stage.state.verdicts().get("enrichment").state()).isEqualTo(AgentState.STALE);
    stage.lookup1.mute = false;
    stage.pass(6_000);
    assertThat(stage.enrichment().state().primary()).isTrue();
  }

  @Test
  void whoSaysItIsStuckIsStale() {
    List<Decision> decisions =
        stage.become(stage.aggregation, AgentState.STALE, "no record moved for 30 s");
    assertThat(decisions.get(0).reason())
        .isEqualTo("aggregation/pre-sum stale: no record moved for 30 s; it moves to the fallback");
  }

  @Test
  void whoIsDoneIsNotMissed() {
    for (Stage.Speaker speaker : stage.speakers) {
      if (speaker != stage.own) {
        stage.become(speaker, AgentState.COMPLETED, null);
        speaker.mute = true;
      }
    }
    assertThat(stage.pass(100_000)).isEmpty();
    stage.become(stage.own, AgentState.COMPLETED, null);
    stage.own.mute = true;
    assertThat(stage.pass(100_000)).isEmpty();
    assertThat(stage.state.holding()).isFalse();
    assertThat(stage.state.verdicts().get("enrichment"))
        .isEqualTo(new Verdict(true, AgentState.COMPLETED, "enrichment completed"));
  }

  @Test
  void whoWasNeverHeardIsStaleAfterTenSeconds() {
    Stage other = new Stage();
    other.lookup0.mute = true;
    other.lookup1.mute = true;
    other.aggregation.mute = true;
    other.backup.mute = true;
    assertThat(other.pass(9_800)).isEmpty();
    List<Decision> decisions = other.pass(1_000);
    // The sums stay: their fallback was not heard either.
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).reason())
        .isEqualTo("enrichment was never heard; it moves to the fallback");
    assertThat(other.state.verdicts().get("backup-aggregation"))
        .isEqualTo(new Verdict(false, AgentState.STALE, "backup-aggregation was never heard"));
    assertThat(other.state.verdicts()).doesNotContainKeys("bypass", "ingestion", "alert");
  }

  @Test
  void aSubtaskThatWasNeverHeardIsMissedToo() {
    Stage other = new Stage();
    other.lookup1.mute = true;
    List<Decision> decisions = other.pass(12_000);
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).reason())
        .isEqualTo("enrichment/look-up 1 of 2 never heard; it moves to the fallback");
  }

  @Test
  void ifBothAreIllItStays() {
    stage.become(stage.backup, AgentState.FAILED, "no state");
    assertThat(stage.become(stage.aggregation, AgentState.FAILED, "broken")).isEmpty();
    assertThat(stage.pass(30_000)).isEmpty();
    List<Decision> decisions = stage.become(stage.backup, AgentState.RUNNING, null);
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).toPrimary()).isFalse();
    assertThat(stage.pass(5_000)).isEmpty();
    stage.become(stage.backup, AgentState.FAILED, "no state");
    assertThat(stage.pass(30_000)).isEmpty();
    assertThat(stage.sums().state().primary()).isFalse();
  }

  @Test
  void aFallbackThatFailsIsLeftForAPrimaryThatIsWell() {
    stage.become(stage.aggregation, AgentState.FAILED, "broken");
    stage.pass(5_000);
    stage.become(stage.aggregation, AgentState.RUNNING, null);
    List<Decision> decisions = stage.become(stage.backup, AgentState.FAILED, "no state");
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).toPrimary()).isTrue();
    assertThat(decisions.get(0).reason())
        .isEqualTo(
            "backup-aggregation/sums failed: no state, and aggregation is well since 0 s;"
                + " it moves to the primary");
  }

  @Test
  void withoutAShareThereIsNoTry() {
    stage.apply("p", Stage.plan("probe_share: 0.05", "probe_share: 0"));
    stage.pass(2_000);
    stage.become(stage.lookup0, AgentState.FAILED, DEAD);
    stage.pass(3_000);
    stage.become(stage.lookup0, AgentState.RUNNING, null);
    List<Decision> decisions = stage.pass(3_000);
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).toPrimary()).isTrue();
    assertThat(decisions.get(0).reason())
        .isEqualTo("enrichment is well since 1.6 s; it moves to the primary");
  }

  @Test
  void thePlansConditionsAreTheOnlyOnes() {
    RoutePlan blind = Stage.plan("      - state is failed\n", "", "      - state is stale\n", "");
    stage.apply("p", blind);
    stage.become(stage.lookup0, AgentState.FAILED, DEAD);
    assertThat(stage.pass(10_000)).isEmpty();
    assertThat(stage.state.verdicts().get("enrichment").healthy()).isFalse();
    // But nobody returns to one who failed.
    stage.lookup0.errorRate = 1;
    stage.pass(3_000);
    assertThat(stage.enrichment().state().primary()).isFalse();
    stage.lookup0.errorRate = 0;
    assertThat(stage.pass(30_000)).isEmpty();
  }
}
