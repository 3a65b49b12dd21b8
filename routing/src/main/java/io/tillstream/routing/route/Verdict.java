package io.tillstream.routing.route;

import io.tillstream.routing.agent.AgentState;

/**
 * What the orchestrator concludes about an agent, all its parts and subtasks joined by the worst.
 *
 * @param healthy false if it is failed or stale, or if a condition of its route speaks against it
 * @param state failed before stale before running; completed if all of it is
 * @param reason in words a person understands, such as {@code enrichment/look-up 1 of 2 failed
 *     since 3 s: Redis does not answer}
 */
public record Verdict(boolean healthy, AgentState state, String reason) {}
