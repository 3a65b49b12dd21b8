package io.tillstream.routing.route;

import io.tillstream.routing.agent.AgentKind;
import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentState;

/** How an agent stands, all that is heard of its parts and subtasks joined by the worst. */
final class Standing {
  private static final String ERROR_RATE = "error_rate";

  private Standing() {}

  /** A part of it said that it failed, and is heard. */
  static final int FAILED = 1;

  /** A part of it is silent, or was not heard at all, or said itself that it is stale. */
  static final int STALE = 2;

  /** It was heard, or says nothing and is taken for well. */
  static final int KNOWN = 4;

  /** What is the matter with it, as bits. */
  static int of(Hearing hearing, String agent, long staleAfter) {
    int bits = 0;
    for (Voice voice : hearing.voices()) {
      if (isOf(voice, agent)) {
        bits |= KNOWN;
        AgentState state = voice.report().state();
        boolean silent = isSilent(hearing, voice, staleAfter);
        if (silent || state == AgentState.STALE || missing(hearing, voice) > 0) {
          bits |= STALE;
        }
        if (!silent && state == AgentState.FAILED) {
          bits |= FAILED;
        }
      }
    }
    if (bits == 0) {
      boolean speaks = AgentKind.ofText(agent).reports();
      return !speaks ? KNOWN : hearing.isMissed() ? STALE : 0;
    }
    return bits;
  }

  static boolean isFailed(Hearing hearing, String agent, long staleAfter) {
    return (of(hearing, agent, staleAfter) & FAILED) != 0;
  }

  static boolean isStale(Hearing hearing, String agent, long staleAfter) {
    return (of(hearing, agent, staleAfter) & STALE) != 0;
  }

  /** Whether it is known to be failed or stale. */
  static boolean isIll(Hearing hearing, String agent, long staleAfter) {
    return isIll(of(hearing, agent, staleAfter));
  }

  static boolean isIll(int bits) {
    return (bits & (FAILED | STALE)) != 0;
  }

  static boolean isKnown(Hearing hearing, String agent) {
    return (of(hearing, agent, Long.MAX_VALUE) & KNOWN) != 0;
  }

  /** Whether all that was heard of it was heard after {@code moment}, or is done. */
  static boolean isHeardSince(Hearing hearing, String agent, long moment) {
    for (Voice voice : hearing.voices()) {
      if (isOf(voice, agent)
          && voice.heardAt() <= moment
          && voice.report().state() != AgentState.COMPLETED) {
        return false;
      }
    }
    return true;
  }

  /** The voice in which a figure is worst; null if nobody who is heard has it. */
  static Voice worst(
      Hearing hearing, String agent, String figure, boolean upward, long staleAfter) {
    Voice worst = null;
    double value = Double.NaN;
    for (Voice voice : hearing.voices()) {
      if (isOf(voice, agent) && !isSilent(hearing, voice, staleAfter)) {
        double other = figure(voice.report(), figure);
        boolean worse = worst == null || (upward ? other > value : other < value);
        if (!Double.isNaN(other) && worse) {
          worst = voice;
          value = other;
        }
      }
    }
    return worst;
  }

  /** A figure of a report; not a number if it has none of that name. */
  static double figure(AgentReport report, String figure) {
    if (figure.equals(ERROR_RATE)) {
      return report.errorRate();
    }
    Double value = report.indicators().get(figure);
    return value == null ? Double.NaN : value;
  }

  static boolean isOf(Voice voice, String agent) {
    return voice.report() != null && voice.agent().equals(agent);
  }

  /** Whether it should have been heard and was not. Who is done has nothing more to say. */
  static boolean isSilent(Hearing hearing, Voice voice, long staleAfter) {
    return voice.report().state() != AgentState.COMPLETED
        && hearing.listened() - voice.listenedAt() > staleAfter;
  }

  /** How many subtasks of the voice's part should have been heard by now and never were. */
  static int missing(Hearing hearing, Voice voice) {
    if (voice.report().parallelism() <= 1 || !hearing.isMissed()) {
      return 0;
    }
    int heard = 0;
    for (Voice other : hearing.voices()) {
      if (isOf(other, voice.agent()) && other.part().equals(voice.part())) {
        heard++;
      }
    }
    return Math.max(0, voice.report().parallelism() - heard);
  }
}
