/**
 * The orchestrator's Flink coat: commands in, decisions out, its memory in checkpointed state.
 *
 * <p>What may come in: how control records reach the pure core in {@code routing.route} and how its
 * decisions leave. What to decide stays in the core.
 */
package io.tillstream.operators.orchestration;
