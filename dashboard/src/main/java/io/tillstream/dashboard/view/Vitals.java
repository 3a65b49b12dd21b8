package io.tillstream.dashboard.view;

import io.tillstream.dashboard.agents.AgentView;
import io.tillstream.dashboard.agents.Ledger;
import io.tillstream.dashboard.agents.RouteView;
import java.util.List;
import java.util.Map;

/**
 * Figures of the moment, for those who watch machines.
 *
 * @param inputLag records of the input that were not read yet
 * @param eventsPerSecond by the way they go: in, enriched, bypassed, backup
 * @param openAlerts by severity, without shadows
 * @param rows how many are held, by dimension
 * @param newestData epoch milliseconds of the newest row, or null before the first
 */
public record Vitals(
    Feed feed,
    List<AgentView> agents,
    List<RouteView> routes,
    Ledger ledger,
    long inputLag,
    Map<String, Double> eventsPerSecond,
    Map<String, Long> openAlerts,
    Map<String, Integer> rows,
    Long newestData) {}
