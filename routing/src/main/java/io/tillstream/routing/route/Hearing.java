package io.tillstream.routing.route;

import io.tillstream.routing.agent.AgentKind;
import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentState;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom the orchestrator hears, and which reports count; immutable.
 *
 * <p>Silence is measured on a clock that stands still while nobody at all is heard: what the bus
 * keeps back makes no agent look stale.
 *
 * @param own the life of the orchestrator itself, or {@link #NOBODY}
 * @param awaiting after a start: what comes is history until the own voice is heard
 * @param othersSince while awaiting: when others were first heard; {@link RouteEntry#NEVER}
 * @param listened how long there was somebody to be heard, in milliseconds
 * @param freshAt when reports began to count, on the clock of {@code listened}
 * @param newestAt when anybody was last heard, in experienced milliseconds
 * @param heardAny whether anybody was heard since the start
 */
record Hearing(
    long own,
    boolean awaiting,
    long othersSince,
    long listened,
    long freshAt,
    long newestAt,
    boolean heardAny,
    List<Voice> voices) {
  static final long NOBODY = 0;

  /** Reports come each second from each: when all of them stop for so long, the bus is down. */
  static final long BUS_DOWN_MS = 3_000;

  /** How long a start may take before silence means anything. */
  static final long PATIENCE_MS = 10_000;

  // A gap between reports of anybody up to which the listening clock goes on.
  private static final long GAP_MS = 1_500;
  // Far more than any job has; only so that nothing can grow without bound.
  private static final int MOST_VOICES = 10_000;

  /** Nobody heard yet, and whoever speaks counts. */
  static Hearing fresh(long now) {
    return new Hearing(NOBODY, false, RouteEntry.NEVER, 0, 0, now, false, List.of());
  }

  /** After a start: everything is forgotten, and the own voice awaited. */
  static Hearing started(long own, long now) {
    return new Hearing(own, true, RouteEntry.NEVER, 0, 0, now, false, List.of());
  }

  /** After time went by. */
  Hearing passing(long from, long to) {
    long heard = Math.min(to, newestAt + GAP_MS) - from;
    return heard <= 0 ? this : with(listened + heard, newestAt, heardAny, voices);
  }

  /** After a report; itself if that does not count. */
  Hearing hear(AgentReport report, long now) {
    AgentKind kind = AgentKind.ofText(report.agent());
    if (kind == null) {
      return this;
    }
    boolean isOrchestrator = kind == AgentKind.ORCHESTRATOR;
    boolean isOwn = isOrchestrator && own != NOBODY && report.incarnation() == own;
    if (!awaiting) {
      // Another orchestrator's voice is that of one who is dead or soon will be.
      return isOrchestrator && own != NOBODY && !isOwn ? this : accept(report, true, now);
    }
    if (isOwn) {
      return freshened(now).accept(report, true, now);
    }
    long others = othersSince == RouteEntry.NEVER ? now : othersSince;
    Hearing aware = new Hearing(own, true, others, listened, freshAt, newestAt, heardAny, voices);
    return now - others >= PATIENCE_MS
        ? aware.freshened(now).hear(report, now)
        : aware.accept(report, false, now);
  }

  // From history only this is kept: which lives there were, and which of them ended.
  private Hearing freshened(long now) {
    List<Voice> forgotten = voices.stream().map(Voice::forgotten).toList();
    return new Hearing(own, false, RouteEntry.NEVER, listened, listened, now, heardAny, forgotten);
  }

  private Hearing accept(AgentReport report, boolean counts, long now) {
    int index = 0;
    while (index < voices.size() && !voices.get(index).isOf(report)) {
      index++;
    }
    List<Voice> after;
    boolean news = counts;
    if (index < voices.size()) {
      Voice before = voices.get(index);
      Voice voice = before.after(report, counts, listened, now);
      if (voice == before) {
        return this;
      }
      news &= voice.isNewsAfter(before);
      after = new ArrayList<>(voices);
      after.set(index, voice);
    } else if (voices.size() < MOST_VOICES) {
      after = new ArrayList<>(voices.size() + 1);
      after.addAll(voices);
      after.add(Voice.first(report, counts, listened, now));
    } else {
      return this;
    }
    return with(listened, news ? now : newestAt, heardAny || news, after);
  }

  /** Whether nobody at all is heard although somebody should be. */
  boolean isSilent(long now) {
    if (awaiting) {
      return othersSince == RouteEntry.NEVER && now - newestAt >= PATIENCE_MS;
    }
    if (now - newestAt < (heardAny ? BUS_DOWN_MS : PATIENCE_MS)) {
      return false;
    }
    if (!heardAny) {
      return true;
    }
    for (Voice voice : voices) {
      if (voice.report() != null && voice.report().state() != AgentState.COMPLETED) {
        return true;
      }
    }
    return false; // all have said that they are done
  }

  /** After the bus was down: nobody's silence in that time is held against him. */
  Hearing pardoned() {
    return with(
        listened,
        newestAt,
        heardAny,
        voices.stream().map(voice -> voice.pardoned(listened)).toList());
  }

  /** Whether an agent that was not heard at all should have been. */
  boolean isMissed() {
    return !awaiting && listened - freshAt >= PATIENCE_MS;
  }

  private Hearing with(long newListened, long newest, boolean any, List<Voice> newVoices) {
    return new Hearing(own, awaiting, othersSince, newListened, freshAt, newest, any, newVoices);
  }
}
