package io.tillstream.routing.route;

import java.util.Collections;
import java.util.List;

/**
 * What the orchestrator knows from reports and from the clock. It is in no checkpoint: after a
 * restore it would be old, and has to be learned anew.
 *
 * @param lastNow the time of the last input, in epoch milliseconds; {@link RouteEntry#NEVER}
 * @param hearing who is heard
 * @param watches the conditions of each route, in the plan's order
 * @param saidSilent whether the silence of everybody was told
 */
record Knowledge(long lastNow, Hearing hearing, List<Watch> watches, boolean saidSilent) {

  /** Nothing. */
  static Knowledge nothing(long experienced, int routes) {
    return new Knowledge(
        RouteEntry.NEVER,
        Hearing.fresh(experienced),
        Collections.nCopies(routes, Watch.BLANK),
        false);
  }
}
