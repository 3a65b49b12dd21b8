package io.tillstream.routing.route;

import io.tillstream.routing.agent.AgentReport;
import java.util.Arrays;

/**
 * One subtask of one part of an agent, as it was last heard. Its clock is never looked at: which
 * report is newer, its life and its sequence say.
 *
 * @param sequence the highest heard of this life
 * @param report its newest report; null if that is history and says nothing about now
 * @param listenedAt when it was heard, on the clock of {@link Hearing#listened}
 * @param heardAt when it was heard, in experienced milliseconds
 * @param past lives that ended, each followed by its highest sequence, the newest last
 */
record Voice(
    String agent,
    String part,
    int subtask,
    long incarnation,
    long sequence,
    AgentReport report,
    long listenedAt,
    long heardAt,
    long[] past) {
  private static final int MOST_PAST = 2 * 8;
  private static final long[] NO_PAST = {};

  /** How long a life must be silent before one that ended earlier is believed to go on. */
  private static final long TAKEOVER_MS = 10_000;

  static Voice first(AgentReport report, boolean counts, long listened, long now) {
    return life(report, counts, listened, now, NO_PAST);
  }

  /** After another report; itself if that is old, or of a life that ended. */
  Voice after(AgentReport next, boolean counts, long listened, long now) {
    if (next.incarnation() == incarnation) {
      return next.sequence() <= sequence ? this : life(next, counts, listened, now, past);
    }
    int known = indexOfPast(next.incarnation());
    if (known >= 0
        && (listened - listenedAt <= TAKEOVER_MS || next.sequence() <= past[known + 1])) {
      return this;
    }
    return life(next, counts, listened, now, pastWithThis());
  }

  private static Voice life(
      AgentReport report, boolean counts, long listened, long now, long[] past) {
    return new Voice(
        report.agent(),
        report.part(),
        report.subtask(),
        report.incarnation(),
        report.sequence(),
        counts ? report : null,
        listened,
        now,
        past);
  }

  /** The same life, of which nothing is known that counts. */
  Voice forgotten() {
    return new Voice(agent, part, subtask, incarnation, sequence, null, listenedAt, heardAt, past);
  }

  /** As if it had been heard at {@code listened}. */
  Voice pardoned(long listened) {
    return new Voice(agent, part, subtask, incarnation, sequence, report, listened, heardAt, past);
  }

  boolean isOf(AgentReport other) {
    return subtask == other.subtask() && part.equals(other.part()) && agent.equals(other.agent());
  }

  private int indexOfPast(long life) {
    for (int i = past.length - 2; i >= 0; i -= 2) {
      if (past[i] == life) {
        return i;
      }
    }
    return -1;
  }

  private long[] pastWithThis() {
    int dropped = Math.max(0, past.length + 2 - MOST_PAST);
    long[] longer = Arrays.copyOfRange(past, dropped, past.length + 2);
    longer[longer.length - 2] = incarnation;
    longer[longer.length - 1] = sequence;
    return longer;
  }
}
