/**
 * What {@code status} and the dashboard say of the pipeline itself: agents' reports folded into
 * agents, ledger and rates, route decisions into routes, Flink's answers into job and checkpoints.
 * Pure: no clock, no network. May import Jackson.
 */
package io.tillstream.dashboard.agents;
