/**
 * What {@code status} shows: agents' reports folded into agents, ledger and lag, route decisions
 * into routes, Flink's REST answers into the job. The folding is pure; {@link
 * io.tillstream.local.status.StatusCollector} reads. May import {@code layout}, {@code flink},
 * {@code topics}.
 */
package io.tillstream.local.status;
