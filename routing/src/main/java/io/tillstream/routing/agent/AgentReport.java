package io.tillstream.routing.agent;

import java.util.Map;

/**
 * What one part of an agent says of itself.
 *
 * @param agent the agent's name, such as {@code ingestion}
 * @param part the part of the agent, such as {@code read}
 * @param subtask from 0
 * @param parallelism how many subtasks the part has
 * @param incarnation a number drawn when the part started: it tells one life from the next
 * @param sequence from 1, by one more with every report of an incarnation
 * @param state how it is doing
 * @param since epoch milliseconds at which the state began, by the part's own clock
 * @param at epoch milliseconds of the report, by the part's own clock
 * @param note why the state is what it is, in words a person understands; null if there is nothing
 *     to say
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
    long incarnation,
    long sequence,
    AgentState state,
    long since,
    long at,
    String note,
    double errorRate,
    long epoch,
    Map<String, Long> counts,
    Map<String, Double> indicators) {}
