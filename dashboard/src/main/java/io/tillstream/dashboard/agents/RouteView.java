package io.tillstream.dashboard.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/**
 * Where a route stands after the decisions made so far.
 *
 * @param active {@code primary} or {@code fallback}
 * @param probeShare the share of events that goes to the primary meanwhile, to see how it is, 0..1
 * @param would while it is only observed: what would be active; else empty
 * @param since when its mode or what is active last changed, null before the first decision
 */
public record RouteView(
    String route,
    String mode,
    String active,
    double probeShare,
    String would,
    long epoch,
    String reason,
    String since) {
  /**
   * Where each route stands.
   *
   * @param decisions the messages of {@code route-decisions}, in their order
   */
  public static List<RouteView> all(List<JsonNode> decisions) {
    Routes routes = new Routes();
    decisions.forEach(routes::add);
    return routes.views();
  }

  /**
   * What a decision makes of the route.
   *
   * @param known null if the route was not known before
   */
  static RouteView after(RouteView known, String route, JsonNode decision) {
    String mode = decision.path("mode").asText("auto");
    String active = decision.path("to").asText("primary");
    return new RouteView(
        route,
        mode,
        active,
        decision.path("probe_share").asDouble(),
        decision.path("would").asText(""),
        decision.path("epoch").asLong(),
        decision.path("reason").asText(""),
        known != null && known.isStill(mode, active)
            ? known.since()
            : decision.path("at").asText(null));
  }

  private boolean isStill(String newMode, String newActive) {
    return since != null && mode.equals(newMode) && active.equals(newActive);
  }

  static RouteView none(String route) {
    return new RouteView(route, "auto", "primary", 0, "", 0, "no decision yet", null);
  }

  /** What is more to know than which agent is active, or empty. */
  public String remark() {
    if (!would.isEmpty() && !would.equals(active)) {
      return "would go to " + would;
    }
    return probeShare > 0 && active.equals("fallback")
        ? String.format(Locale.ROOT, "probing %.3g %%", probeShare * 100)
        : "";
  }
}
