package io.tillstream.routing.route;

import io.tillstream.routing.plan.PlannedRoute;

/** A step from one {@link Phase} to the next. */
enum Move {
  STAY,
  /** From the primary to the fallback. */
  LEAVE,
  /** A share of the records tries the primary. */
  PROBE,
  /** The try showed that the primary is not well. */
  FAIL,
  /** Back to the primary. */
  RETURN;

  /** What is to be done with a route about which reports are fresh. */
  static Move of(PlannedRoute route, RouteEntry entry, Watch watch, Hearing hearing, long now) {
    return switch (entry.phase()) {
      case PRIMARY ->
          watch.isIll() && dwelt(route, entry, now) && !isFallbackIll(route, hearing)
              ? LEAVE
              : STAY;
      case FALLBACK -> fromFallback(route, entry, watch, hearing, now);
      case PROBING -> fromProbing(route, entry, watch, hearing, now);
    };
  }

  private static Move fromFallback(
      PlannedRoute route, RouteEntry entry, Watch watch, Hearing hearing, long now) {
    if (!watch.isWell()) {
      return STAY;
    }
    if (dwelt(route, entry, now) && isFallbackIll(route, hearing)) {
      return RETURN;
    }
    if (!watch.isWellFor(Damping.waitMillis(route, entry.returns()), now)) {
      return STAY;
    }
    if (route.probeShare() > 0 && !route.probeFor().isZero()) {
      return PROBE;
    }
    return dwelt(route, entry, now) ? RETURN : STAY;
  }

  private static Move fromProbing(
      PlannedRoute route, RouteEntry entry, Watch watch, Hearing hearing, long now) {
    if (watch.isIll()) {
      return FAIL;
    }
    if (!watch.isWell() || !dwelt(route, entry, now)) {
      return STAY;
    }
    if (isFallbackIll(route, hearing)) {
      return RETURN;
    }
    // Well for the whole time, and by reports that can know of it.
    long begun = Math.max(entry.phaseAt(), watch.wellSince());
    return now - begun >= route.probeFor().toMillis()
            && Standing.isHeardSince(hearing, route.primary(), entry.phaseAt())
        ? RETURN
        : STAY;
  }

  static boolean isFallbackIll(PlannedRoute route, Hearing hearing) {
    return Standing.isIll(hearing, route.fallback(), route.staleAfter().toMillis());
  }

  private static boolean dwelt(PlannedRoute route, RouteEntry entry, long now) {
    return entry.switchedAt() == RouteEntry.NEVER
        || now - entry.switchedAt() >= route.dwell().toMillis();
  }
}
