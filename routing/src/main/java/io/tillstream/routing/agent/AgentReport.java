package io.tillstream.routing.agent;

import java.util.Map;

/**
 * What one part of an agent says of itself.
 *
 * @param agent the agent's name, such as {@code ingestion}
 * @param part the part of the agent, such as {@code read}
 * @param subtask from 0
 * @param parallelism how many subtasks the part has
 * @param state how it is doing
 * @param since epoch milliseconds at which the state began
 * @param at epoch milliseconds of the report
 * @param errorRate failed / tried look-ups or records lately, 0..1
 * @param epoch the newest route epoch it has seen
 * @param counts totals from checkpointed state
 * @param indicators whatever tells of its health, by name
 */
public record AgentReport(
    String agent,
    String part,
    int subtask,
    int parallelism,
    AgentState state,
    long since,
    long at,
    double errorRate,
    long epoch,
    Map<String, Long> counts,
    Map<String, Double> indicators) {}
