package io.tillstream.local.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a route stands after the decisions made so far. */
record RouteView(
    String route, String mode, String active, long epoch, String reason, String since) {
  private static final List<String> KNOWN = List.of("enrichment", "aggregation");

  /**
   * @param decisions the messages of {@code route-decisions}, in their order
   */
  static List<RouteView> all(List<JsonNode> decisions) {
    Map<String, RouteView> views = new LinkedHashMap<>();
    for (String route : KNOWN) {
      views.put(route, new RouteView(route, "auto", "primary", 0, "no decision yet", null));
    }
    for (JsonNode decision : decisions) {
      String route = decision.path("route").asText("");
      RouteView known = views.get(route);
      long epoch = decision.path("epoch").asLong();
      if (!route.isEmpty() && (known == null || epoch >= known.epoch())) {
        views.put(
            route,
            new RouteView(
                route,
                decision.path("mode").asText("auto"),
                decision.path("to").asText("primary"),
                epoch,
                decision.path("reason").asText(""),
                decision.path("at").asText(null)));
      }
    }
    return new ArrayList<>(views.values());
  }
}
