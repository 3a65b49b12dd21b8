package io.tillstream.routing.route;

import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.plan.Condition;
import io.tillstream.routing.plan.PlannedRoute;
import java.util.Arrays;
import java.util.List;

/**
 * What the conditions of a route said over time; immutable.
 *
 * @param since for each condition since when it holds, in experienced milliseconds; {@link
 *     RouteEntry#NEVER} if it does not. Empty: none does.
 * @param met for each condition a bit: it has held for long enough
 * @param wellSince since when the primary is known to be well and no condition holds; {@link
 *     RouteEntry#NEVER} if it is not
 */
record Watch(long[] since, long met, long wellSince) {
  /** Nothing is known. */
  static final Watch BLANK = new Watch(new long[0], 0, RouteEntry.NEVER);

  /** After another look. */
  Watch next(PlannedRoute route, Hearing hearing, long now) {
    List<Condition> conditions = route.leaveWhen();
    long staleAfter = route.staleAfter().toMillis();
    long[] after = since;
    long metAfter = 0;
    boolean any = false;
    int standing = Standing.of(hearing, route.primary(), staleAfter);
    for (int i = 0; i < conditions.size(); i++) {
      Condition condition = conditions.get(i);
      long before = i < since.length ? since[i] : RouteEntry.NEVER;
      boolean holds = holds(condition, route, hearing, standing, (met & (1L << i)) != 0);
      long begun = !holds ? RouteEntry.NEVER : before == RouteEntry.NEVER ? now : before;
      any |= holds;
      if (holds && now - begun >= condition.hold().toMillis()) {
        metAfter |= 1L << i;
      }
      if (begun != before) {
        after = after == since ? room(conditions.size()) : after;
        after[i] = begun;
      }
    }
    boolean well = !any && standing == Standing.KNOWN;
    long wellAfter = !well ? RouteEntry.NEVER : isWell() ? wellSince : now;
    return after == since && metAfter == met && wellAfter == wellSince
        ? this
        : new Watch(after, metAfter, wellAfter);
  }

  /** Whether the primary is to be left. */
  boolean isIll() {
    return met != 0;
  }

  /** The first condition that speaks against the primary; from 0. */
  int firstMet() {
    return Long.numberOfTrailingZeros(met);
  }

  boolean isWell() {
    return wellSince != RouteEntry.NEVER;
  }

  /** Whether the primary is well for that long. */
  boolean isWellFor(long millis, long now) {
    return isWell() && now - wellSince >= millis;
  }

  private long[] room(int size) {
    long[] room = Arrays.copyOf(since, size);
    Arrays.fill(room, since.length, size, RouteEntry.NEVER);
    return room;
  }

  private static boolean holds(
      Condition condition, PlannedRoute route, Hearing hearing, int standing, boolean before) {
    if (condition instanceof Condition.StateIs is) {
      int bit = is.state() == AgentState.FAILED ? Standing.FAILED : Standing.STALE;
      return (standing & bit) != 0;
    }
    Condition.Beyond beyond = (Condition.Beyond) condition;
    boolean upward = beyond.comparison().isUpward();
    long staleAfter = route.staleAfter().toMillis();
    Voice worst = Standing.worst(hearing, route.primary(), beyond.figure(), upward, staleAfter);
    return worst != null && beyond.holds(Standing.figure(worst.report(), beyond.figure()), before);
  }
}
