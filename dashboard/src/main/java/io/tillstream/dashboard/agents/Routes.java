package io.tillstream.dashboard.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where every route stands after the decisions told so far, in their order. */
public final class Routes {
  private static final List<String> KNOWN = List.of("enrichment", "aggregation");

  /** Nobody has that many routes: what comes beyond is a stranger's. */
  private static final int MOST = 100;

  private final Map<String, RouteView> views = new LinkedHashMap<>();

  public Routes() {
    for (String route : KNOWN) {
      views.put(route, RouteView.none(route));
    }
  }

  /** Takes a message of {@code route-decisions}; an older one and anything else changes nothing. */
  public void add(JsonNode decision) {
    String route = decision.path("route").asText("");
    RouteView known = views.get(route);
    if (route.isEmpty() || (known == null && views.size() >= MOST)) {
      return;
    }
    if (known == null || decision.path("epoch").asLong() >= known.epoch()) {
      views.put(route, RouteView.after(known, route, decision));
    }
  }

  /** The routes of the contract first. */
  public List<RouteView> views() {
    return new ArrayList<>(views.values());
  }
}
