package io.tillstream.routing.route;

import io.tillstream.routing.agent.AgentKind;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.plan.Condition;
import io.tillstream.routing.plan.PlannedRoute;
import java.util.Map;
import java.util.TreeMap;

/** Concludes about agents, in sentences. */
final class Verdicts {
  // For agents that are on no route.
  private static final long STALE_AFTER_MS = 4_000;
  private static final long WORTH_TELLING_MS = 1_000;

  private Verdicts() {}

  static Map<String, Verdict> all(OrchestratorState state) {
    Hearing hearing = state.knowledge().hearing();
    Map<String, Verdict> verdicts = new TreeMap<>();
    for (AgentKind kind : AgentKind.values()) {
      if (kind.reports() && Standing.isKnown(hearing, kind.text())) {
        verdicts.put(kind.text(), joined(hearing, kind.text(), STALE_AFTER_MS));
      }
    }
    for (int i = 0; i < state.plan().routes().size(); i++) {
      PlannedRoute route = state.plan().routes().get(i);
      long staleAfter = route.staleAfter().toMillis();
      for (String agent : new String[] {route.fallback(), route.primary()}) {
        if (verdicts.containsKey(agent) || Standing.isStale(hearing, agent, staleAfter)) {
          verdicts.put(agent, joined(hearing, agent, staleAfter));
        }
      }
      Watch watch = state.knowledge().watches().get(i);
      Verdict primary = verdicts.get(route.primary());
      if (watch.isIll() && primary != null && primary.healthy()) {
        String reason = against(route, watch, hearing, state.experienced());
        verdicts.put(route.primary(), new Verdict(false, primary.state(), reason));
      }
    }
    return verdicts;
  }

  /** All parts of an agent joined; conditions of routes left aside. */
  static Verdict joined(Hearing hearing, String agent, long staleAfter) {
    if (Standing.isFailed(hearing, agent, staleAfter)) {
      return new Verdict(false, AgentState.FAILED, failed(hearing, agent, staleAfter));
    }
    if (Standing.isStale(hearing, agent, staleAfter)) {
      return new Verdict(false, AgentState.STALE, stale(hearing, agent, staleAfter));
    }
    boolean completed = Standing.isKnown(hearing, agent) && AgentKind.ofText(agent).reports();
    for (Voice voice : hearing.voices()) {
      completed &= !Standing.isOf(voice, agent) || voice.report().state() == AgentState.COMPLETED;
    }
    return completed
        ? new Verdict(true, AgentState.COMPLETED, agent + " completed")
        : new Verdict(true, AgentState.RUNNING, agent + " runs");
  }

  /** Why the primary is to be left: the first condition that holds, in a sentence. */
  static String against(PlannedRoute route, Watch watch, Hearing hearing, long now) {
    String agent = route.primary();
    long staleAfter = route.staleAfter().toMillis();
    Condition condition = route.leaveWhen().get(watch.firstMet());
    if (condition instanceof Condition.StateIs is) {
      return is.state() == AgentState.FAILED
          ? failed(hearing, agent, staleAfter)
          : stale(hearing, agent, staleAfter);
    }
    Condition.Beyond beyond = (Condition.Beyond) condition;
    Voice worst =
        Standing.worst(hearing, agent, beyond.figure(), beyond.comparison().isUpward(), staleAfter);
    long since = now - watch.since()[watch.firstMet()];
    return name(worst)
        + ": "
        + beyond.figure()
        + " is "
        + Spans.number(Standing.figure(worst.report(), beyond.figure()))
        + (since < WORTH_TELLING_MS ? "" : " since " + Spans.text(since))
        + ", the condition is "
        + beyond.comparison().sign()
        + " "
        + Spans.number(beyond.threshold());
  }

  private static String failed(Hearing hearing, String agent, long staleAfter) {
    return troubled(hearing, agent, staleAfter, AgentState.FAILED);
  }

  private static String stale(Hearing hearing, String agent, long staleAfter) {
    if (!Standing.isKnown(hearing, agent)) {
      return agent + " was never heard";
    }
    Voice longest = null;
    for (Voice voice : hearing.voices()) {
      if (Standing.isOf(voice, agent)
          && Standing.isSilent(hearing, voice, staleAfter)
          && (longest == null || voice.listenedAt() < longest.listenedAt())) {
        longest = voice;
      }
    }
    if (longest != null) {
      int silent = 0;
      for (Voice voice : hearing.voices()) {
        if (isOfPart(voice, longest) && Standing.isSilent(hearing, voice, staleAfter)) {
          silent++;
        }
      }
      return name(longest, silent)
          + " silent since "
          + Spans.text(hearing.listened() - longest.listenedAt());
    }
    for (Voice voice : hearing.voices()) {
      int missing = Standing.isOf(voice, agent) ? Standing.missing(hearing, voice) : 0;
      if (missing > 0) {
        return name(voice, missing) + " never heard";
      }
    }
    return troubled(hearing, agent, staleAfter, AgentState.STALE);
  }

  private static String troubled(Hearing hearing, String agent, long staleAfter, AgentState state) {
    Voice first = null;
    int count = 0;
    for (Voice voice : hearing.voices()) {
      boolean troubled =
          Standing.isOf(voice, agent)
              && voice.report().state() == state
              && !Standing.isSilent(hearing, voice, staleAfter);
      if (troubled && first == null) {
        first = voice;
      }
      if (troubled && isOfPart(voice, first)) {
        count++;
      }
    }
    // By the part's own clock alone, and then by ours.
    long since =
        Math.max(0, first.report().at() - first.report().since())
            + (hearing.listened() - first.listenedAt());
    String note = first.report().note();
    return name(first, count)
        + " "
        + state.text()
        + (since < WORTH_TELLING_MS ? "" : " since " + Spans.text(since))
        + (note == null ? "" : ": " + note);
  }

  private static boolean isOfPart(Voice voice, Voice other) {
    return Standing.isOf(voice, other.agent()) && voice.part().equals(other.part());
  }

  // Such as "enrichment/look-up 1 of 2".
  private static String name(Voice voice, int count) {
    int all = voice.report().parallelism();
    return voice.agent() + "/" + voice.part() + (all > 1 ? " " + count + " of " + all : "");
  }

  private static String name(Voice voice) {
    return voice.report().parallelism() > 1
        ? voice.agent() + "/" + voice.part() + " (subtask " + voice.subtask() + ")"
        : voice.agent() + "/" + voice.part();
  }
}
