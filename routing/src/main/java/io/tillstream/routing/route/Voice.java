package io.tillstream.routing.route;

import io.tillstream.routing.agent.AgentReport;
import java.util.Arrays;

/**
 * One subtask of one part of an agent, as it was last heard. Its clock is never looked at: which
 * report is newer, its life and its sequence say.
 *
 * @param sequence the highest heard of this life
 * @param report its newest report; null if that is history and says nothing about now
 * @param bornAt when this life was first heard so that it counts, on the clock of {@link
 *     Hearing#listened}
 * @param listenedAt when it was heard, on the clock of {@link Hearing#listened}
 * @param heardAt when it was heard, in experienced milliseconds
 * @param birth which of its lives that is, in the order in which they were first heard
 * @param rival an older life that goes on speaking, and is not believed yet
 * @param past other lives, each followed by its highest sequence and its birth
 */
record Voice(
    String agent,
    String part,
    int subtask,
    long incarnation,
    long sequence,
    AgentReport report,
    long bornAt,
    long listenedAt,
    long heardAt,
    long birth,
    Rival rival,
    long[] past) {
  // So long heard, and not silent for longer than that: then another life is not believed.
  private static final long ESTABLISHED_MS = 3_000;
  private static final long SILENT_MS = 2_500;
  private static final int WIDTH = 3;
  private static final int MOST_PAST = WIDTH * 8;
  private static final long[] NO_PAST = {};

  // So long silent while an older life goes on, and that one is believed after all: what came
  // between was a report that was very late.
  private static final long TAKEOVER_MS = 1_500;
  private static final int TAKEOVER_REPORTS = 3;

  /** How often in a row another life was heard. */
  private record Rival(long life, int count) {
    static final Rival NONE = new Rival(0, 0);
  }

  static Voice first(AgentReport report, boolean counts, long listened, long now) {
    return life(report, counts, listened, listened, now, 0, NO_PAST);
  }

  /** After another report; itself if that is old, of a life that ended, or not to be believed. */
  Voice after(AgentReport next, boolean counts, long listened, long now) {
    if (next.incarnation() == incarnation) {
      long born = report == null ? listened : bornAt;
      return next.sequence() <= sequence
          ? this
          : life(next, counts, born, listened, now, birth, past);
    }
    int known = indexOfPast(next.incarnation());
    if (known < 0) {
      return isEstablished(listened)
          ? this
          : life(next, counts, listened, listened, now, newestBirth() + 1, pastWithThis());
    }
    if (next.sequence() <= past[known + 1]) {
      return this;
    }
    int times = rival.life() == next.incarnation() ? rival.count() + 1 : 1;
    // Of two that speak, the one that was born later lives, and the other does not know it yet.
    boolean believed =
        past[known + 2] > birth
            || (times >= TAKEOVER_REPORTS && listened - listenedAt > TAKEOVER_MS);
    if (believed) {
      return life(next, counts, listened, listened, now, past[known + 2], pastWithThis());
    }
    long[] heard = past.clone();
    heard[known + 1] = next.sequence();
    return rivalled(new Rival(next.incarnation(), times), heard);
  }

  /** Whether {@code before} has not heard what this has. */
  boolean isNewsAfter(Voice before) {
    return incarnation != before.incarnation || sequence != before.sequence;
  }

  private Voice rivalled(Rival by, long[] heard) {
    return new Voice(
        agent,
        part,
        subtask,
        incarnation,
        sequence,
        report,
        bornAt,
        listenedAt,
        heardAt,
        birth,
        by,
        heard);
  }

  // A restart ends all lives, the orchestrator's too; so who speaks up beside a living one is
  // somebody who should be dead, or a report that comes very late.
  private boolean isEstablished(long listened) {
    return report != null
        && listenedAt - bornAt >= ESTABLISHED_MS
        && listened - listenedAt <= SILENT_MS;
  }

  private static Voice life(
      AgentReport report,
      boolean counts,
      long born,
      long listened,
      long now,
      long birth,
      long[] past) {
    return new Voice(
        report.agent(),
        report.part(),
        report.subtask(),
        report.incarnation(),
        report.sequence(),
        counts ? report : null,
        born,
        listened,
        now,
        birth,
        Rival.NONE,
        past);
  }

  /** The same life, of which nothing is known that counts. */
  Voice forgotten() {
    return new Voice(
        agent,
        part,
        subtask,
        incarnation,
        sequence,
        null,
        bornAt,
        listenedAt,
        heardAt,
        birth,
        rival,
        past);
  }

  /** As if it had been heard at {@code listened}. */
  Voice pardoned(long listened) {
    return new Voice(
        agent,
        part,
        subtask,
        incarnation,
        sequence,
        report,
        bornAt,
        listened,
        heardAt,
        birth,
        rival,
        past);
  }

  boolean isOf(AgentReport other) {
    return subtask == other.subtask() && part.equals(other.part()) && agent.equals(other.agent());
  }

  private int indexOfPast(long life) {
    for (int i = past.length - WIDTH; i >= 0; i -= WIDTH) {
      if (past[i] == life) {
        return i;
      }
    }
    return -1;
  }

  private long newestBirth() {
    long newest = birth;
    for (int i = 0; i < past.length; i += WIDTH) {
      newest = Math.max(newest, past[i + 2]);
    }
    return newest;
  }

  // Whoever is in it twice is found by his last entry.
  private long[] pastWithThis() {
    int dropped = Math.max(0, past.length + WIDTH - MOST_PAST);
    long[] longer = Arrays.copyOfRange(past, dropped, past.length + WIDTH);
    longer[longer.length - WIDTH] = incarnation;
    longer[longer.length - WIDTH + 1] = sequence;
    longer[longer.length - WIDTH + 2] = birth;
    return longer;
  }
}
