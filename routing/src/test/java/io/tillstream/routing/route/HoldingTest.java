package io.tillstream.routing.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.plan.RoutePlan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When it does not know, it holds: the bus is down, or it was just started. */
class HoldingTest {
  private static final RoutePlan STANDARD = RoutePlan.standard();

  private final Stage stage = Stage.calm();

  private void mute(boolean mute) {
    stage.speakers.forEach(speaker -> speaker.mute = mute);
  }

  @Test
  void whenAllFallSilentItHoldsAndSaysSo() {
    mute(true);
    List<Decision> decisions = stage.pass(20_000);
    assertThat(decisions).hasSize(2);
    for (Decision decision : decisions) {
      assertThat(decision.fromPrimary()).isTrue();
      assertThat(decision.toPrimary()).isTrue();
      assertThat(decision.reason())
          .isEqualTo(
              "nobody is heard since 3 s, the bus seems to be down;"
                  + " it holds and stays on the primary");
    }
    assertThat(stage.state.holding()).isTrue();
    assertThat(stage.enrichment().reason()).isEqualTo("nothing was decided yet");

    mute(false);
    decisions = stage.pass(30_000);
    assertThat(decisions).hasSize(2);
    assertThat(decisions.get(0).reason())
        .isEqualTo(
            "agents are heard again after 21 s; it stays on the primary as before:"
                + " nothing was decided yet");
    assertThat(stage.state.holding()).isFalse();
  }

  @Test
  void whoComesBackLateFromASilenceOfAllIsNotStale() {
    stage.lookup1.mute = true;
    stage.pass(2_000);
    mute(true);
    stage.pass(20_000);
    mute(false);
    stage.lookup1.mute = true;
    stage.pass(3_000);
    assertThat(stage.enrichment().state().primary()).isTrue();
    stage.lookup1.mute = false;
    stage.pass(10_000);
    assertThat(stage.enrichment().switches()).isZero();
  }

  @Test
  void aHiccupOfTheBusIsNoSilence() {
    for (int i = 0; i < 20; i++) {
      mute(true);
      stage.pass(2_000);
      mute(false);
      stage.pass(1_000);
    }
    assertThat(stage.decisions).isEmpty();
  }

  @Test
  void whileItHoldsAPersonStillRules() {
    mute(true);
    stage.pass(5_000);
    assertThat(stage.tell("c1", "enrichment", Mode.FALLBACK)).hasSize(1);
    assertThat(stage.enrichment().state().primary()).isFalse();
    assertThat(stage.tell("c2", "enrichment", Mode.AUTO)).hasSize(1);
    assertThat(stage.pass(60_000)).isEmpty();
    mute(false);
    stage.pass(10_000);
    assertThat(stage.enrichment().state().primary()).isTrue();
  }

  @Test
  void clockStepsAndPausesMakeNobodyStale() {
    long[] steps = {3_600_000, -7_200_000, 50_000_000_000L, -1, 10_000};
    for (long step : steps) {
      stage.now += step;
      stage.decide(new Input.Tick());
      stage.now = stage.now / 1_000 * 1_000;
      stage.pass(2_000);
    }
    assertThat(stage.decisions).isEmpty();
  }

  @Test
  void agentsClocksAreNeverLookedAt() {
    stage.lookup0.stateAt = Long.MIN_VALUE / 2;
    stage.lookup1.stateAt = Long.MAX_VALUE / 2;
    stage.pass(10_000);
    assertThat(stage.decisions).isEmpty();
  }

  @Test
  void oldAndRepeatedReportsAreIgnored() {
    AgentReport old = stage.lookup0.report(stage.now);
    stage.lookup0.state = AgentState.FAILED;
    AgentReport failed = stage.lookup0.report(stage.now);
    stage.lookup0.state = AgentState.RUNNING;
    stage.say(stage.lookup0);
    assertThat(stage.decide(new Input.Reported(failed))).isEmpty();
    assertThat(stage.decide(new Input.Reported(old))).isEmpty();
    assertThat(stage.pass(5_000)).isEmpty();
  }

  @Test
  void aLifeThatEndedIsIgnored() {
    AgentReport zombie =
        new AgentReport(
            "enrichment",
            "look-up",
            0,
            2,
            stage.lookup0.life,
            1_000,
            AgentState.FAILED,
            0,
            0,
            "zombie",
            1,
            0,
            java.util.Map.of(),
            java.util.Map.of());
    stage.lookup0.life = 12_345;
    stage.lookup0.sequence = 0;
    stage.pass(1_000);
    assertThat(stage.decide(new Input.Reported(zombie))).isEmpty();
    assertThat(stage.pass(5_000)).isEmpty();
  }

  @Test
  void aLateReportOfADeadLifeDoesNotSilenceTheLivingForEver() {
    // Heard for the first time after its successor: it looks like a new life.
    AgentReport late = new Stage.Speaker("enrichment", "look-up", 0, 2, 555).report(stage.now);
    stage.decide(new Input.Reported(late));
    stage.pass(40_000);
    assertThat(stage.enrichment().state().primary()).isTrue();
    assertThat(stage.enrichment().switches()).isLessThanOrEqualTo(2);
  }

  @Test
  void afterAStartItWaitsForItsOwnVoice() throws IOException {
    stage.become(stage.lookup0, AgentState.FAILED, "dead");
    assertThat(stage.enrichment().state().primary()).isFalse();
    long epoch = stage.state.epoch();
    OrchestratorState restored = restored();
    assertThat(restored.holding()).isFalse();
    stage.state = restored;
    stage.own.life = 1_000;
    stage.own.sequence = 0;
    assertThat(stage.decide(new Input.Started(1_000, 2, STANDARD))).isEmpty();
    assertThat(stage.state.holding()).isTrue();
    assertThat(stage.state.epoch()).isEqualTo(epoch + 3_000);

    // History: it says that all are well, and then that the sums failed.
    stage.lookup0.state = AgentState.RUNNING;
    stage.own.mute = true;
    stage.aggregation.state = AgentState.FAILED;
    assertThat(stage.pass(5_000)).isEmpty();
    assertThat(stage.state.verdicts()).isEmpty();
    stage.aggregation.state = AgentState.RUNNING;
    stage.own.mute = false;
    List<Decision> decisions = stage.pass(10_000);
    assertThat(decisions).hasSize(2);
    assertThat(decisions).allMatch(decision -> decision.route().equals("enrichment"));
    assertThat(stage.enrichment().state().primary()).isTrue();
    assertThat(stage.enrichment().switches()).isEqualTo(2);
  }

  @Test
  void afterAStartAnotherOrchestratorsVoiceIsNotItsOwn() {
    stage.decide(new Input.Started(1_000, 0, STANDARD));
    stage.lookup0.state = AgentState.FAILED;
    stage.pass(5_000); // the old life's voice is still heard
    assertThat(stage.state.holding()).isTrue();
    assertThat(stage.decisions).isEmpty();
  }

  @Test
  void itGoesOnWithoutItsOwnVoiceAfterTenSecondsOfOthers() {
    stage.decide(new Input.Started(1_000, 0, STANDARD));
    stage.own.mute = true;
    stage.lookup0.state = AgentState.FAILED;
    assertThat(stage.pass(10_000)).isEmpty();
    assertThat(stage.pass(2_000)).hasSize(1);
  }

  @Test
  void aStartOnADeadBusHoldsAndSaysSo() {
    stage.decide(new Input.Started(1_000, 0, STANDARD));
    mute(true);
    assertThat(stage.pass(9_000)).isEmpty();
    List<Decision> decisions = stage.pass(60_000);
    assertThat(decisions).hasSize(2);
    assertThat(decisions.get(0).reason()).startsWith("nobody is heard since 10 s");
    stage.own.life = 1_000;
    mute(false);
    assertThat(stage.pass(1_000)).hasSize(2);
    assertThat(stage.state.holding()).isFalse();
    assertThat(stage.pass(60_000)).isEmpty();
  }

  @Test
  void epochsJumpByTheAttempt() throws IOException {
    stage.tell("c1", "enrichment", Mode.FALLBACK);
    stage.decide(new Input.Started(1, 0, STANDARD));
    assertThat(stage.state.epoch()).isEqualTo(1);
    stage.state = restored();
    OrchestratorState saved = stage.state;
    stage.decide(new Input.Started(2, 0, STANDARD));
    assertThat(stage.state.epoch()).isEqualTo(1_001);
    stage.state = saved;
    stage.decide(new Input.Started(3, 3, STANDARD));
    assertThat(stage.state.epoch()).isEqualTo(4_001);
    assertThat(stage.state.recentCommands()).containsExactly("c1");
    assertThat(stage.enrichment().state().mode()).isEqualTo(Mode.FALLBACK);
  }

  @Test
  void aCrashBeforeTheFirstCheckpointJumpsToo() {
    Stage other = new Stage();
    other.decide(new Input.Started(1, 1, STANDARD));
    assertThat(other.state.epoch()).isEqualTo(2_000);
  }

  @Test
  void anEpochThatAnAgentHasSeenIsPassed() {
    stage.lookup0.epoch = 7_000;
    stage.say(stage.lookup0);
    assertThat(stage.become(stage.lookup0, AgentState.FAILED, null).get(0).epoch())
        .isEqualTo(7_001);
    stage.lookup0.epoch = Long.MAX_VALUE;
    stage.say(stage.lookup0);
    assertThat(stage.state.epoch()).isEqualTo(7_001);
  }

  private OrchestratorState restored() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OrchestratorStateCodec codec = new OrchestratorStateCodec();
    codec.write(stage.state, new DataOutputStream(bytes));
    return codec.read(
        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), codec.version());
  }
}
