package io.tillstream.local.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where a route stands after the decisions made so far.
 *
 * @param active {@code primary} or {@code fallback}
 * @param probeShare the share of events that goes to the primary meanwhile, to see how it is, 0..1
 * @param would while it is only observed: what would be active; else empty
 * @param since when its mode or what is active last changed, null before the first decision
 */
record RouteView(
    String route,
    String mode,
    String active,
    double probeShare,
    String would,
    long epoch,
    String reason,
    String since) {
  private static final List<String> KNOWN = List.of("enrichment", "aggregation");

  /**
   * @param decisions the messages of {@code route-decisions}, in their order
   */
  static List<RouteView> all(List<JsonNode> decisions) {
    Map<String, RouteView> views = new LinkedHashMap<>();
    for (String route : KNOWN) {
      views.put(route, none(route));
    }
    for (JsonNode decision : decisions) {
      String route = decision.path("route").asText("");
      RouteView known = views.get(route);
      long epoch = decision.path("epoch").asLong();
      if (!route.isEmpty() && (known == null || epoch >= known.epoch())) {
        String mode = decision.path("mode").asText("auto");
        String active = decision.path("to").asText("primary");
        views.put(
            route,
            new RouteView(
                route,
                mode,
                active,
                decision.path("probe_share").asDouble(),
                decision.path("would").asText(""),
                epoch,
                decision.path("reason").asText(""),
                known != null && known.isStill(mode, active)
                    ? known.since()
                    : decision.path("at").asText(null)));
      }
    }
    return new ArrayList<>(views.values());
  }

  private boolean isStill(String newMode, String newActive) {
    return since != null && mode.equals(newMode) && active.equals(newActive);
  }

  private static RouteView none(String route) {
    return new RouteView(route, "auto", "primary", 0, "", 0, "no decision yet", null);
  }

  /** What is more to know than which agent is active, or empty. */
  String remark() {
    if (!would.isEmpty() && !would.equals(active)) {
      return "would go to " + would;
    }
    return probeShare > 0 && active.equals("fallback")
        ? String.format(Locale.ROOT, "probing %.3g %%", probeShare * 100)
        : "";
  }
}
