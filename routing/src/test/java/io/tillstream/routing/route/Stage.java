package io.tillstream.routing.route;

import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.plan.PlanException;
import io.tillstream.routing.plan.RoutePlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An orchestrator with agents that report to it each second, and a clock moved by hand. */
final class Stage {
  static final long OWN_LIFE = 99;
  private static final int TICK_MS = 200;

  /** One subtask that reports; what it says is set from outside. */
  static final class Speaker {
    final String agent;
    final String part;
    final int subtask;
    final int parallelism;
    final Map<String, Double> indicators = new HashMap<>();
    long life;
    long sequence;
    AgentState state = AgentState.RUNNING;
    long stateAt;
    String note;
    double errorRate;
    long epoch;
    boolean mute;

    Speaker(String agent, String part, int subtask, int parallelism, long life) {
      this.agent = agent;
      this.part = part;
      this.subtask = subtask;
      this.parallelism = parallelism;
      this.life = life;
    }

    AgentReport report(long at) {
      sequence++;
      return new AgentReport(
          agent,
          part,
          subtask,
          parallelism,
          life,
          sequence,
          state,
          stateAt,
          at,
          note,
          errorRate,
          epoch,
          Map.of(),
          Map.copyOf(indicators));
    }
  }

  final List<Speaker> speakers = new ArrayList<>();
  final List<Decision> decisions = new ArrayList<>();
  final Speaker lookup0;
  final Speaker lookup1;
  final Speaker aggregation;
  final Speaker backup;
  final Speaker own;
  OrchestratorState state = OrchestratorState.initial(0);
  long now = 1_795_492_800_000L;

  Stage() {
    lookup0 = speaker("enrichment", "look-up", 0, 2);
    lookup1 = speaker("enrichment", "look-up", 1, 2);
    aggregation = speaker("aggregation", "pre-sum", 0, 1);
    backup = speaker("backup-aggregation", "sums", 0, 1);
    own = speaker("orchestrator", "decide", 0, 1);
    own.life = OWN_LIFE;
  }

  /** One that has been heard for some seconds, and nothing is the matter. */
  static Stage calm() {
    Stage stage = new Stage();
    stage.pass(5_000);
    return stage;
  }

  static RoutePlan plan(String... replacements) {
    String text = RoutePlan.standard().text();
    for (int i = 0; i < replacements.length; i += 2) {
      if (!text.contains(replacements[i])) {
        throw new IllegalArgumentException(replacements[i]);
      }
      text = text.replace(replacements[i], replacements[i + 1]);
    }
    try {
      return RoutePlan.parse(text);
    } catch (PlanException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private Speaker speaker(String agent, String part, int subtask, int parallelism) {
    Speaker speaker = new Speaker(agent, part, subtask, parallelism, 7 + speakers.size());
    speakers.add(speaker);
    return speaker;
  }

  List<Decision> decide(Input input) {
    Step step = Orchestrator.decide(state, input, now);
    state = step.state();
    decisions.addAll(step.decisions());
    return step.decisions();
  }

  List<Decision> say(Speaker speaker) {
    return decide(new Input.Reported(speaker.report(now)));
  }

  /** A state that changes is reported at once. */
  List<Decision> become(Speaker speaker, AgentState to, String note) {
    speaker.state = to;
    speaker.note = note;
    speaker.stateAt = now;
    return say(speaker);
  }

  List<Decision> tell(String id, String route, Mode mode) {
    return decide(new Input.Told(new Command.SetMode(id, route, mode, "ada")));
  }

  List<Decision> apply(String id, RoutePlan plan) {
    return decide(new Input.Told(new Command.ApplyRoutes(id, plan, "ada")));
  }

  /** Time goes by: a tick five times a second, a report of everybody each second. */
  List<Decision> pass(long millis) {
    int from = decisions.size();
    for (long end = now + millis; now < end; ) {
      now += TICK_MS;
      if (now % 1_000 == 0) {
        for (Speaker speaker : speakers) {
          if (!speaker.mute) {
            say(speaker);
          }
        }
      }
      decide(new Input.Tick());
    }
    return List.copyOf(decisions.subList(from, decisions.size()));
  }

  RouteEntry enrichment() {
    return state.routes().get("enrichment");
  }

  RouteEntry sums() {
    return state.routes().get("aggregation");
  }
}
